/**
 * The API by which people change their own attributes: behind API Gateway, which has checked the access token, and before
 * Cognito, which takes the same token.
 */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { API_FILE, type ApiWire } from '../lib/private/contracts/api';
import { createClient, createCognito } from './api/cognito';
import { createApi } from './api/respond';

const definition = JSON.parse(readFileSync(join(__dirname, API_FILE), 'utf8')) as ApiWire;

export const handler = createApi(definition, createCognito(createClient()));
