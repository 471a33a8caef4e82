/** The properties that disable a button or a menu item for a reason. Without a reason, it stays enabled. */
export const unless = (reason: string | undefined): { disabled?: boolean; disabledReason?: string } =>
  reason === undefined ? {} : { disabled: true, disabledReason: reason };
