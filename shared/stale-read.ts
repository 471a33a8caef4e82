/** Thrown when records that were read one after another contradict each other: the operation starts over with fresh reads. */
export class StaleRead extends Error {}
