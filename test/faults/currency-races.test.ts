import { describe, expect, test } from 'vitest';
import type { Input } from '../../shared/api/route.ts';
import { currencyOf } from '../../shared/organizations/currency.ts';
import { parseOrganization } from '../../shared/organizations/organization.ts';
import type { organizationRoutes } from '../../shared/organizations/organization-routes.ts';
import { updateOrganization } from '../../shared/organizations/update-organization.ts';
import { createPolicy } from '../../shared/policies/create-policy.ts';
import { updatePolicy } from '../../shared/policies/update-policy.ts';
import { createPool } from '../../shared/pools/create-pool.ts';
import { updatePool } from '../../shared/pools/update-pool.ts';
import type { Services } from '../../shared/ports.ts';
import { createResource } from '../../shared/resources/create-resource.ts';
import { ingestResources } from '../../shared/resources/ingest-resources.ts';
import { updateResource } from '../../shared/resources/update-resource.ts';
import type { Result } from '../../shared/result.ts';
import { keys } from '../../shared/table/keys.ts';
import { callerOf, servicesOf } from '../support/operations.ts';
import { newOrganization, newResource, take, type TestOrganization } from '../support/organization.ts';
import { asItIs, meanwhile, outcomeOf, without, type Change } from '../support/races.ts';
import { useStack } from '../support/stack.ts';

/** The currency is changed while the first amount is stored. Each race is run twice: as it is, and with its guard taken out. */
const stack = useStack();

type Store = (organization: TestOrganization) => Promise<(services: Services) => Promise<Result<unknown>>>;

const ask = ({ params, manager }: TestOrganization, named: object = {}) => ({
  caller: callerOf(manager),
  input: { params: { ...params, ...named } as never, query: {} as never },
});

/** Every way to store an amount. */
const ways: Record<string, Store> = {
  'a new pool': async (organization) => {
    const { caller, input } = ask(organization);
    const body = { name: 'Web', parentId: organization.rootPoolId, monthlyLimit: 7 };
    return (services) => createPool(services)(caller, { ...input, body });
  },
  'a pool': async (organization) => {
    const { caller, input } = ask(organization, { poolId: organization.rootPoolId });
    return (services) => updatePool(services)(caller, { ...input, body: { monthlyLimit: 7 } });
  },
  'a new resource': async (organization) => {
    const { caller, input } = ask(organization);
    const body = { name: 'Disk', type: 'disk', poolId: organization.rootPoolId, monthlyCost: 7, tags: {} };
    return (services) => createResource(services)(caller, { ...input, body });
  },
  'a resource': async (organization) => {
    const { id: resourceId } = await newResource(organization, organization.rootPoolId);
    const { caller, input } = ask(organization, { resourceId });
    return (services) => updateResource(services)(caller, { ...input, body: { monthlyCost: 7 } });
  },
  'an ingested resource': async (organization) => {
    const { caller, input } = ask(organization);
    const item = { name: 'Disk', type: 'disk', poolId: organization.rootPoolId, monthlyCost: 7, tags: {} };
    return async (services) => {
      const result = await ingestResources(services)(caller, { ...input, body: { items: [item] } });
      return result.ok ? { ok: true, value: result.value.results[0]?.resource } : result;
    };
  },
  'a new policy': async (organization) => {
    const { caller, input } = ask(organization);
    const body = { type: 'budget' as const, name: 'Budget', amount: 7 };
    return (services) => createPolicy(services)(caller, { ...input, body });
  },
  'a policy': async (organization) => {
    const { client } = organization.manager;
    const settings = { type: 'quota' as const, name: 'Quota', metric: 'resource_count' as const, maximum: 7 };
    const { id: policyId } = take(await client.createPolicy({ params: organization.params, body: settings }));
    const { caller, input } = ask(organization, { policyId });
    return (services) => updatePolicy(services)(caller, { ...input, body: { metric: 'expense' } });
  },
};

type Body = Input<typeof organizationRoutes.updateOrganization>['body'];

const change = async (services: Services, { params, manager }: TestOrganization, body: Body = { currency: 'EUR' }) =>
  updateOrganization(services)(callerOf(manager), { params, query: {}, body });

const currencyIn = async ({ id }: TestOrganization): Promise<string> =>
  currencyOf(parseOrganization(await servicesOf(id).table.get(keys.organization(id))));

describe.each(Object.keys(ways))('the first amount, of %s', (way) => {
  /** The currency is changed between the read and the write of whoever stores the amount. */
  const storeWhileChanged = async (guards: Change) => {
    const organization = await newOrganization(stack);
    const store = await ways[way]?.(organization);
    const happens = async () => outcomeOf(await change(servicesOf(organization.id), organization));
    const stored = await store?.(servicesOf(organization.id, meanwhile(happens, guards)));
    const shown = stored?.ok ? (stored.value as { currency?: string }).currency : stored?.error.code;
    return { shown, currency: await currencyIn(organization) };
  };

  test('is stored in the currency that the organization has by then', async () => {
    expect(await storeWhileChanged(asItIs)).toEqual({ shown: 'EUR', currency: 'EUR' });
  });

  test('without the guard is stored as another currency than it was shown in', async () => {
    expect(await storeWhileChanged(without('retry'))).toEqual({ shown: 'USD', currency: 'EUR' });
  });

  /** The amount is stored between the read and the write of whoever changes the currency. */
  const changeWhileStored = async (guards: Change) => {
    const organization = await newOrganization(stack);
    const store = await ways[way]?.(organization);
    const happens = async () => store?.(servicesOf(organization.id));
    const changed = await change(servicesOf(organization.id, meanwhile(happens, guards)), organization);
    return { changed: outcomeOf(changed), currency: await currencyIn(organization) };
  };

  test('keeps the currency from being changed', async () => {
    expect(await changeWhileStored(asItIs)).toEqual({ changed: 'currency_in_use', currency: 'USD' });
  });

  test('without the guard does not keep it from being changed', async () => {
    expect(await changeWhileStored(without('retry', 'currency_in_use'))).toEqual({ changed: 'done', currency: 'EUR' });
  });
});
