import { BlankCells } from '../../../blank-cells';
import { SeedFileFormat } from '../../../seed-file-format';
import type { SeedObjectOptions } from '../../../seed-file-options';
import type { Problem } from '../../seed-file/rules/problem';

/** What is wrong with how a file is to be read: languages without our types may write anything. */
export const checkFileOptions = ({
  blankCells,
  format,
}: Pick<SeedObjectOptions, 'blankCells' | 'format'>): Problem[] => [
  ...(blankCells === undefined || Object.values(BlankCells).includes(blankCells)
    ? []
    : [{ rule: 'blankCells must be a BlankCells', remedy: 'leave it out for LEAVE_ALONE' }]),
  ...(format === undefined || Object.values(SeedFileFormat).includes(format)
    ? []
    : [{ rule: 'format must be a SeedFileFormat', remedy: 'declare SeedFileFormat.CSV or JSON_LINES' }]),
];
