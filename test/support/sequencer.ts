import { readFileSync } from 'node:fs';
import { BaseSequencer, type TestSpecification } from 'vitest/node';

/**
 * Runs the test files that advance the clock first. Their function instances are not reused (infra/local/function-host.ts), so
 * the file after such a file has to start new ones, and starting an instance takes as long as many calls.
 */
export class Sequencer extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    // oxlint-disable-next-line unicorn/no-array-sort -- `super` is a sequencer, not an array.
    const sorted = await super.sort(files);
    const advances = ({ moduleId }: TestSpecification) => readFileSync(moduleId, 'utf8').includes('advanceClock');
    const [first, then] = [sorted.filter(advances), sorted.filter((file) => !advances(file))];
    return [...first, ...then];
  }
}
