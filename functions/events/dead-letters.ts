import * as z from 'zod';

const batch = z.object({
  Records: z.array(z.object({ eventSource: z.literal('aws:sqs'), messageId: z.string(), body: z.string() })).min(1),
});

/** What Lambda keeps of an invocation that it gave up: docs.aws.amazon.com/lambda/latest/dg/invocation-async-retain-records.html */
const givenUp = z.object({ requestContext: z.object({ functionArn: z.string() }), requestPayload: z.unknown() });

export interface DeadLetter {
  messageId: string;
  body: string;
}

/** The dead letters that a queue hands over again, if that is what the event is. */
export const parseDeadLetters = (event: unknown): DeadLetter[] | undefined => batch.safeParse(event).data?.Records;

/** The event that was not taken: EventBridge keeps it as it is, Lambda in a record of its own. Throws on what is no JSON. */
export const eventOf = ({ body }: DeadLetter): unknown => {
  const letter: unknown = JSON.parse(body);
  const record = givenUp.safeParse(letter);
  return record.success ? record.data.requestPayload : letter;
};
