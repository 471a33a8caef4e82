import Box from '@cloudscape-design/components/box';
import { partTexts as texts } from './texts.ts';

/** The number of names that a person can take in at a glance. */
const namesShown = 10;

/** The names of the items of bulk work. If there are many, the first names and the number of the others. */
export const BulkNames = ({ names }: { names: readonly string[] }) => (
  <div>
    <Box variant="strong">{names.slice(0, namesShown).join(', ')}</Box>{' '}
    {names.length > namesShown && texts.andMore(names.length - namesShown)}
  </div>
);
