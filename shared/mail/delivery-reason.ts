import * as z from 'zod';
import { fillIn } from '../text.ts';
import { deliveryCodes, type DeliveryCode, type DeliveryReason } from './delivery-codes.ts';

/** How invites and notices store the reason of their delivery. All are absent while there is nothing to explain. */
export const reasonSchema = {
  /** The sentence as it read when it was stored. A version of the code from before there were codes stores and shows only this. */
  deliveryDetail: z.string().optional(),
  /** A version of the code that is newer than this one may store codes that are not in our list. */
  deliveryCode: z.string().optional(),
  deliveryParameters: z.record(z.string(), z.string()).optional(),
  /**
   * The sentence that was stored together with the code. The two versions of a gradual deployment write to the same items,
   * and the older one replaces `deliveryDetail` alone: where the two differ, the code belongs to an earlier reason.
   */
  deliveryCodeDetail: z.string().optional(),
};

/** Removed together once there is nothing to explain. */
export const reasonAttributes: string[] = Object.keys(reasonSchema);

type StoredReason = z.infer<z.ZodObject<typeof reasonSchema>>;

/** The attributes that store a reason. They are all set, so that nothing of an earlier reason remains. */
export const reasonItem = (reason: DeliveryReason): Required<StoredReason> => {
  const sentence = reasonSentence(reason);
  return {
    deliveryDetail: sentence,
    deliveryCode: reason.code,
    deliveryParameters: { ...reason.parameters },
    deliveryCodeDetail: sentence,
  };
};

/** What the API shows of a stored reason: its code, and the sentence that the code means today. */
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
