import { createPolicy } from '../../shared/policies/create-policy.ts';
import { deletePolicy } from '../../shared/policies/delete-policy.ts';
import { getPolicy } from '../../shared/policies/get-policy.ts';
import { listPolicies } from '../../shared/policies/list-policies.ts';
import { policyRoutes } from '../../shared/policies/policy-routes.ts';
import { updatePolicy } from '../../shared/policies/update-policy.ts';
import { lambda } from './lambda.ts';

export const handler = lambda(policyRoutes, { listPolicies, createPolicy, getPolicy, updatePolicy, deletePolicy });
