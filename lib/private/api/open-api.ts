import type { ApiWire } from '../contracts/api';
export const openApiDocument = (_definition: ApiWire): Record<string, unknown> => ({ openapi: '3.1.0' });
