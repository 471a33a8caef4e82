export interface AccessPattern {
  /** What is requested of the table, in order: `·` separates what waits for what comes before it. */
  how: string;
  /** Requests to DynamoDB. */
  requests: number;
  /** Requests of which each waits for the one before: what the caller waits for. */
  roundTrips: number;
  /** Items of transactions, conditions on other items among them. */
  written: number;
  /** Strongly consistent reads; half as much where an index is read. */
  readUnits: number;
  /** Transactional writes of the table; its indexes cost extra. */
  writeUnits: number;
}
