import * as z from 'zod';

const batch = z.object({
  Records: z.array(z.object({ eventSource: z.literal('aws:sqs'), messageId: z.string(), body: z.string() })).min(1),
});

/** Lambda's record of an abandoned invocation: https://docs.aws.amazon.com/lambda/latest/dg/invocation-async-retain-records.html */
const givenUp = z.object({ requestContext: z.object({ functionArn: z.string() }), requestPayload: z.unknown() });

export interface DeadLetter {
  messageId: string;
  body: string;
}

/** The dead letters in an event of the queue. Undefined for any other event. */
export const parseDeadLetters = (event: unknown): DeadLetter[] | undefined => batch.safeParse(event).data?.Records;

/** The event that failed. EventBridge stores the event itself, Lambda wraps it in a record. Throws if the body is not JSON. */
export const eventOf = ({ body }: DeadLetter): unknown => {
  const letter: unknown = JSON.parse(body);
  const record = givenUp.safeParse(letter);
  return record.success ? record.data.requestPayload : letter;
};
