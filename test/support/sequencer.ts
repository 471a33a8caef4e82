import { readFileSync } from 'node:fs';
import { BaseSequencer, type TestSpecification } from 'vitest/node';

/**
 * Test files that put the clock ahead come first. The instances of functions that they leave serve no other file
 * (function-host.ts), so that each file after one of them starts its own, and each start takes as long as many calls.
 */
export class Sequencer extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    // oxlint-disable-next-line unicorn/no-array-sort -- A sequencer is no array.
    const sorted = await super.sort(files);
    const advances = ({ moduleId }: TestSpecification) => readFileSync(moduleId, 'utf8').includes('advanceClock');
    const [first, then] = [sorted.filter(advances), sorted.filter((file) => !advances(file))];
    return [...first, ...then];
  }
}
