export interface AccessPattern {
  /** The requests to the table in order. A request after `·` waits for those before it. */
  how: string;
  /** The number of requests to DynamoDB. */
  requests: number;
  /** The number of sequential requests, which determine the caller's latency. */
  roundTrips: number;
  /** The number of items in transactions, including conditions on other items. */
  written: number;
  /** Read units of strongly consistent reads. Reads of an index are eventually consistent and cost half. */
  readUnits: number;
  /** Write units of transactional writes to the table, without those of its indexes. */
  writeUnits: number;
}
