import { proveGuards } from '../support/guarded.ts';
import { useStack } from '../support/stack.ts';
import { guardedOperations } from './guarded-operations.ts';

/** Every guard of every write, one by one: with it a harm does not come about, without it the harm does. */
useStack();

for (const operation of guardedOperations) proveGuards(operation);
