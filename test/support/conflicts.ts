import { TransactionCanceledException } from '@aws-sdk/client-dynamodb';
import { TransactWriteCommand, type DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';

export interface Conflicts {
  /** Transactions that were sent, including those that were cancelled. */
  attempts: number;
  cancelled: number;
}

type TransactItems = NonNullable<TransactWriteCommand['input']['TransactItems']>;

const keysOf = (items: TransactItems): string[] =>
  items.map(({ Put, Update, Delete, ConditionCheck }) => {
    const { pk, sk } = Put?.Item ?? (Update ?? Delete ?? ConditionCheck)?.Key ?? {};
    return `${String(pk)}\n${String(sk)}`;
  });

/**
 * A client that cancels a transaction which includes an item of another one in flight, even if both only check the item. The
 * engines that run here execute one transaction at a time, so with them nothing ever conflicts; this is the worst that DynamoDB
 * documents.
 */
export const conflictingClient = (
  client: DynamoDBDocumentClient,
): { conflicts: Conflicts; client: DynamoDBDocumentClient } => {
  const conflicts: Conflicts = { attempts: 0, cancelled: 0 };
  const inFlight = new Set<string>();
  const transact = async (command: TransactWriteCommand) => {
    const keys = keysOf(command.input.TransactItems ?? []);
    conflicts.attempts += 1;
    if (keys.some((key) => inFlight.has(key))) {
      conflicts.cancelled += 1;
      throw new TransactionCanceledException({
        message: 'conflict',
        $metadata: {},
        CancellationReasons: [{ Code: 'TransactionConflict' }],
      });
    }
    for (const key of keys) inFlight.add(key);
    // Everything that is sent at the same time meets this transaction in flight.
    await new Promise((resolve) => setImmediate(resolve));
    try {
      return await client.send(command);
    } finally {
      for (const key of keys) inFlight.delete(key);
    }
  };
  const send = (command: Parameters<DynamoDBDocumentClient['send']>[0]) =>
    command instanceof TransactWriteCommand ? transact(command) : client.send(command);
  return { conflicts, client: { send } as unknown as DynamoDBDocumentClient };
};
