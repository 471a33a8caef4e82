/** For a button or a menu item: disabled, and says why; as it is when there is no reason. */
export const unless = (reason: string | undefined): { disabled?: boolean; disabledReason?: string } =>
  reason === undefined ? {} : { disabled: true, disabledReason: reason };
