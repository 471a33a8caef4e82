/** Thrown by a read that met records while they were being changed: whoever reads starts over with fresh reads. */
export class StaleRead extends Error {}
