import * as z from 'zod';
import { keys } from '../table/keys.ts';
import { update, type Write } from '../table/write.ts';
import { currencies, defaultCurrency } from '../currencies.ts';
import type { Organization } from './organization.ts';

/** The schema of a currency in a request. */
export const givenCurrency = z.enum(currencies);

/** The schema of a currency in a response. */
export const shownCurrency = z.string();

/** The part of an organization that determines its currency. */
export type HasCurrency = Pick<Organization, 'currency'>;

export const currencyOf = ({ currency = defaultCurrency }: HasCurrency): string => currency;

/** The field `currency` of a response that contains this amount. Empty without an amount. */
export const withCurrency = (organization: HasCurrency, amount: number | undefined): { currency?: string } =>
  amount === undefined ? {} : { currency: currencyOf(organization) };

/** Whether the currency can no longer be changed: an amount was stored, or may have been before Roster kept track of that. */
export const isCurrencyFixed = ({ amountsStored }: Pick<Organization, 'amountsStored'>): boolean =>
  amountsStored !== false;

/**
 * Part of every write that stores an amount. The first one fixes the currency of the organization. The write must be conditional on
 * the tree version, which a change of the currency increments, so that an amount is stored in the currency that it was decided in.
 */
export const storesAmount = (
  { id, amountsStored }: Pick<Organization, 'id' | 'amountsStored'>,
  amount: number | undefined,
): Write<never>[] =>
  amount === undefined || amountsStored !== false
    ? []
    : [update(keys.organization(id), { set: { amountsStored: true } })];
