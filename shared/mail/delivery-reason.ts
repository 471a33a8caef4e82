import * as z from 'zod';
import { fillIn } from '../text.ts';
import { deliveryCodes, type DeliveryCode, type DeliveryReason } from './delivery-codes.ts';

/** The attributes in which invites and notices store why an email waits or failed. All are absent while there is nothing to explain. */
export const reasonSchema = {
  /** The sentence as worded when it was stored. Versions of Roster from before the codes store and show only this attribute. */
  deliveryDetail: z.string().optional(),
  /** A newer version of Roster may store codes that this version does not know. */
  deliveryCode: z.string().optional(),
  deliveryParameters: z.record(z.string(), z.string()).optional(),
  /**
   * The sentence that was stored together with the code. During a gradual deployment two versions of Roster write to the same
   * items, and the older one replaces only `deliveryDetail`. If the two sentences differ, the code belongs to an earlier
   * reason.
   */
  deliveryCodeDetail: z.string().optional(),
};

/** These attributes are removed together once there is nothing to explain. */
export const reasonAttributes: string[] = Object.keys(reasonSchema);

type StoredReason = z.infer<z.ZodObject<typeof reasonSchema>>;

/** The attributes that store a reason. All of them are set, so that nothing of an earlier reason remains. */
export const reasonItem = (reason: DeliveryReason): Required<StoredReason> => {
  const sentence = reasonSentence(reason);
  return {
    deliveryDetail: sentence,
    deliveryCode: reason.code,
    deliveryParameters: { ...reason.parameters },
    deliveryCodeDetail: sentence,
  };
};

/** What the API shows of a stored reason: its code, and the sentence in its current wording. */
export const reasonView = ({
  deliveryDetail,
  deliveryCode,
  deliveryParameters = {},
  deliveryCodeDetail,
}: StoredReason): Pick<StoredReason, 'deliveryDetail' | 'deliveryCode'> => {
  if (!deliveryDetail) return {};
  if (deliveryCode === undefined || deliveryCodeDetail !== deliveryDetail) return { deliveryDetail };
  return {
    deliveryCode,
    deliveryDetail: isKnown(deliveryCode) ? fillIn(deliveryCodes[deliveryCode], deliveryParameters) : deliveryDetail,
  };
};

export const reasonSentence = ({ code, parameters }: DeliveryReason): string =>
  fillIn(deliveryCodes[code], { ...parameters });

const isKnown = (code: string): code is DeliveryCode => Object.hasOwn(deliveryCodes, code);
