/**
 * The relations between the limits in shared/limits.ts, each with values that break it, so that a test can show that it is
 * checked.
 */
import * as limits from '../../shared/limits.ts';
import { callUnits } from '../../shared/fair-use/call-units.ts';
import type { Route } from '../../shared/api/route.ts';
import { routeGroups, routes } from '../../shared/api/routes.ts';
import { measured } from './measured-sizes.ts';

type FunctionTimeouts = Record<keyof typeof limits.functionTimeoutSeconds, number>;

/** All limits, with their real values or with some of them changed. */
export type Limits = Record<Exclude<keyof typeof limits, 'functionTimeoutSeconds'>, number> & {
  functionTimeoutSeconds: FunctionTimeouts;
};

export interface Relation {
  /** The relation as a sentence, which is also the title of its test. */
  name: string;
  holds: (limits: Limits) => boolean;
  /** Values that break the relation. */
  broken: Partial<Omit<Limits, 'functionTimeoutSeconds'>> & { functionTimeoutSeconds?: Partial<FunctionTimeouts> };
}

/** The names of the relations that these limits break. */
export const violations = (all: Limits): string[] =>
  relations.filter(({ holds }) => !holds(all)).map(({ name }) => name);

/** The real limits, with some replaced by values that break a relation. */
export const withBroken = ({ functionTimeoutSeconds, ...numbers }: Relation['broken']): Limits => ({
  ...limits,
  ...numbers,
  functionTimeoutSeconds: { ...limits.functionTimeoutSeconds, ...functionTimeoutSeconds },
});

/** Bytes of a response in addition to the items of its list: the cursor and the names of the fields. */
const responseRestBytes = ({ cursorLettersMax }: Limits): number => cursorLettersMax + 200;

/** The most bytes that a letter can take, both in UTF-8 and in a response, where a quote is escaped twice. */
const letterBytesMax = 4;

/** The most list entries that a user can have under these limits, calculated from the number measured under the real ones. */
const entriesMax = ({ assignmentsMax, searchableWordsMax }: Limits): number =>
  measured.entries.largest +
  measured.entries.eachAssignment * (assignmentsMax - limits.assignmentsMax) +
  measured.entries.eachWord * (searchableWordsMax - limits.searchableWordsMax);

const millisecondsOfRetries = ({ transactionAttemptsMax, transactionPauseMilliseconds }: Limits): number =>
  transactionPauseMilliseconds * (2 ** transactionAttemptsMax - 2);

/** The most bytes of a change in a notice in addition to two names: two addresses of 320 letters, an id, and the names of the attributes. */
const noticeRestBytes = 900;

const megabyte = 1024 * 1024;
/** The number of bytes that a strongly consistent read returns for one read unit. */
const readUnitBytes = 4 * 1024;
const day = 24 * 60 * 60;

/** The estimated units of the most expensive calls. */
const dearestCallUnits = ({ inviteAddressesMax, usersPerRequestMax }: Limits): number =>
  Math.max(
    unitsOf(routes.inviteUsers, { emails: Array.from({ length: inviteAddressesMax }) }),
    unitsOf(routes.removeUsers, { userIds: Array.from({ length: usersPerRequestMax }) }),
  );

const unitsOf = (row: Route, body: object): number => callUnits(row, { query: {}, body });

export const relations: Relation[] = [
  // Fair use. What is allowed must suffice for the most that one request may name.
  {
    name: 'somebody who has not called for a while can make the most expensive call',
    holds: (all) => dearestCallUnits(all) <= all.personUnitsAtOnceMax,
    broken: { personUnitsAtOnceMax: 4_000 },
  },
  {
    name: 'one person uses at most half of what an organization may use, in the long run and at once',
    holds: (all) =>
      2 * all.personUnitsPerSecond <= all.organizationUnitsPerSecond &&
      2 * all.personUnitsAtOnceMax <= all.organizationUnitsAtOnceMax,
    broken: { organizationUnitsPerSecond: 2_000 },
  },
  {
    name: 'the ordinary calls of a person cost no more per second than their costly calls may',
    holds: ({ personCallsPerSecond, ordinaryUnitsMax, personUnitsPerSecond }) =>
      personCallsPerSecond * ordinaryUnitsMax <= personUnitsPerSecond,
    broken: { personCallsPerSecond: 100 },
  },
  {
    name: 'a person whose share is used up waits no longer than a client does by itself',
    holds: ({ personUnitsAtOnceMax, personUnitsPerSecond }) => personUnitsAtOnceMax / personUnitsPerSecond <= 60,
    broken: { personUnitsPerSecond: 100 },
  },
  {
    name: 'a page of the default size of an unfiltered list of users is an ordinary call',
    holds: ({ pageItemsDefault, ordinaryUnitsMax }) =>
      callUnits(routes.listUsers, { query: { limit: pageItemsDefault }, body: undefined }) <= ordinaryUnitsMax,
    broken: { ordinaryUnitsMax: 10 },
  },
  // Timeouts. A timeout must be longer than the longest duration of the operation that it waits for.
  {
    name: 'the function that adds claims to tokens ends before Cognito stops waiting for it',
    holds: ({ cognitoTriggerSecondsMax, functionTimeoutSeconds: { tokenClaims } }) =>
      tokenClaims <= cognitoTriggerSecondsMax,
    broken: { functionTimeoutSeconds: { tokenClaims: limits.cognitoTriggerSecondsMax + 1 } },
  },
  {
    name: 'a step of a sweep of accounts, at 50 ms each, is no longer than a piece of work may be',
    holds: ({ accountsPerSweepStep, workReserveSeconds }) => accountsPerSweepStep * 0.05 <= workReserveSeconds,
    broken: { accountsPerSweepStep: 200 },
  },
  {
    name: 'a step of a count of users and invites, at 100 ms for a page, is no longer than a piece of work may be',
    holds: ({ totalsRequestsPerStep, workReserveSeconds }) => totalsRequestsPerStep * 0.1 <= workReserveSeconds,
    broken: { totalsRequestsPerStep: 100 },
  },
  {
    name: 'an organization that never stops changing costs at most 43 read units per second for its totals',
    holds: ({ dynamodbPageBytesMax, totalsPauseSecondsPerRequest }) =>
      dynamodbPageBytesMax / readUnitBytes / totalsPauseSecondsPerRequest <= 43,
    broken: { totalsPauseSecondsPerRequest: 1 },
  },
  {
    name: 'the claim on an account outlives the accepting functions',
    holds: ({ claimSeconds, functionTimeoutSeconds: { accept, me } }) => claimSeconds > accept && claimSeconds > me,
    broken: { claimSeconds: limits.functionTimeoutSeconds.accept },
  },
  {
    name: 'a request gives up waiting for an account before its function ends',
    holds: ({ accountWaitsMax, accountWaitMilliseconds, functionTimeoutSeconds: { accept } }) =>
      accountWaitsMax * accountWaitMilliseconds < 1_000 * accept,
    broken: { accountWaitsMax: 50 },
  },
  {
    name: 'every function behind the API ends before API Gateway gives up',
    holds: ({ functionTimeoutSeconds, apiGatewayTimeoutSeconds }) =>
      Object.keys(routeGroups).every(
        (name) => functionTimeoutSeconds[name as keyof typeof routeGroups] < apiGatewayTimeoutSeconds,
      ),
    broken: { functionTimeoutSeconds: { invites: 30 } },
  },
  {
    name: 'no function runs longer than Lambda allows',
    holds: ({ functionTimeoutSeconds, lambdaTimeoutSecondsMax }) =>
      Object.values(functionTimeoutSeconds).every((seconds) => seconds <= lambdaTimeoutSecondsMax),
    broken: { functionTimeoutSeconds: { operate: 901 } },
  },
  {
    name: 'a browser waits until API Gateway has given up',
    holds: ({ browserPatienceSeconds, apiGatewayTimeoutSeconds }) => browserPatienceSeconds > apiGatewayTimeoutSeconds,
    broken: { browserPatienceSeconds: 30 },
  },
  {
    name: 'the retries of a transaction end before the function with the shortest timeout',
    holds: (all) => {
      // This function writes nothing.
      const { tokenClaims: _tokenClaims, ...writing } = all.functionTimeoutSeconds;
      return millisecondsOfRetries(all) < 1_000 * Math.min(...Object.values(writing));
    },
    broken: { transactionAttemptsMax: 9 },
  },
  {
    name: 'an access token expires before the sign-in that renews it',
    holds: ({ accessTokenMinutes, signInDays }) => 60 * accessTokenMinutes < signInDays * day,
    broken: { accessTokenMinutes: 30 * 24 * 60 },
  },

  {
    name: 'a run of the canary with mails ends before the next run begins',
    holds: ({ canaryMailMinute, canaryIntervalMinutes, functionTimeoutSeconds: { canary } }) =>
      60 * canaryMailMinute + canary < 60 * canaryIntervalMinutes,
    broken: { canaryMailMinute: 3 },
  },
  {
    name: 'the canary reports a mail that is not delivered before its function ends',
    holds: ({ canaryDeliverySeconds, functionTimeoutSeconds: { canary } }) => canaryDeliverySeconds < canary,
    broken: { canaryDeliverySeconds: 175 },
  },
  {
    name: 'no run of the canary outlives its token',
    holds: ({ canaryTokenReserveSeconds, machineTokenMinutes, functionTimeoutSeconds: { canary } }) =>
      canaryTokenReserveSeconds > canary && canaryTokenReserveSeconds < 60 * machineTokenMinutes,
    broken: { canaryTokenReserveSeconds: 100 },
  },

  // The worker. Leases and pauses must outlast a run, so that no work is done twice or retried in the run that it failed in.
  {
    name: 'the lease outlives three renewals that fail',
    holds: ({ leaseSeconds, leaseClockReserveSeconds, leaseRenewalSeconds }) =>
      leaseSeconds - leaseClockReserveSeconds > 3 * leaseRenewalSeconds,
    broken: { leaseRenewalSeconds: 7 },
  },
  {
    name: 'the first scheduled run after the lease of a dead run continues its work in time',
    holds: ({ leaseSeconds, workIntervalSeconds, workResumptionSecondsMax }) =>
      leaseSeconds + workIntervalSeconds <= workResumptionSecondsMax,
    broken: { leaseSeconds: 31 },
  },
  {
    name: 'a mail whose claim was given up is sent in time, even if the run that gave it up dies',
    holds: ({ failedWorkPauseSeconds, workResumptionSecondsMax, heldMailResumptionSecondsMax }) =>
      failedWorkPauseSeconds + workResumptionSecondsMax <= heldMailResumptionSecondsMax,
    broken: { failedWorkPauseSeconds: 240 },
  },
  {
    name: 'a run of the worker has time for work before its reserve',
    holds: ({ workReserveSeconds, functionTimeoutSeconds: { work } }) => workReserveSeconds < work,
    broken: { workReserveSeconds: 60 },
  },
  {
    name: 'a follow-up stops before the run does',
    holds: ({ followUpReserveSeconds, workReserveSeconds, functionTimeoutSeconds: { work } }) =>
      followUpReserveSeconds > workReserveSeconds && followUpReserveSeconds < work,
    broken: { followUpReserveSeconds: 5 },
  },
  {
    name: 'a follow-up is resumed only after the run that began it has ended',
    holds: ({ followUpResumptionSeconds, functionTimeoutSeconds: { work } }) => followUpResumptionSeconds > work,
    broken: { followUpResumptionSeconds: 60 },
  },
  {
    name: 'a run does not retry work that failed in it',
    holds: ({ failedWorkPauseSeconds, functionTimeoutSeconds: { work } }) => failedWorkPauseSeconds >= work,
    broken: { failedWorkPauseSeconds: 59 },
  },
  {
    name: 'a run does not retry work that only a newer version of Roster knows',
    holds: ({ unknownWorkPauseSeconds, functionTimeoutSeconds: { work } }) => unknownWorkPauseSeconds >= work,
    broken: { unknownWorkPauseSeconds: 59 },
  },
  {
    name: 'a mail whose response was lost is sent again only after the run that sent it has ended',
    holds: ({ sendUncertaintySeconds, functionTimeoutSeconds: { work } }) => sendUncertaintySeconds > work,
    broken: { sendUncertaintySeconds: 60 },
  },
  {
    name: 'a stream record can wake the worker at least until the next scheduled run',
    holds: ({ wakeAgeSecondsMax, workIntervalSeconds }) => wakeAgeSecondsMax > workIntervalSeconds,
    broken: { wakeAgeSecondsMax: 60 },
  },
  {
    name: 'a single run of the worker that dies does not raise the alarm for overdue work',
    holds: ({ overdueWorkAlarmSeconds, leaseSeconds, workIntervalSeconds }) =>
      overdueWorkAlarmSeconds > leaseSeconds + workIntervalSeconds,
    broken: { overdueWorkAlarmSeconds: 85 },
  },
  {
    name: 'the due work of one read fits one page',
    holds: ({ dueWorkReadMax, dynamodbPageBytesMax }) =>
      dueWorkReadMax * measured.dueEntryBytes <= dynamodbPageBytesMax,
    broken: { dueWorkReadMax: 12_000 },
  },
  {
    name: 'the pieces of work between two reads of the due index fill a parallel step and are no more than one read returns',
    holds: ({ parallelWorkMax, dueWorkPerReadMax, dueWorkReadMax }) =>
      parallelWorkMax <= dueWorkPerReadMax && dueWorkPerReadMax <= dueWorkReadMax,
    broken: { dueWorkPerReadMax: 9 },
  },

  // Transactions. DynamoDB refuses a transaction with too many items or bytes, however often it is retried.
  {
    name: 'a part of a list of invites fits the items of a transaction',
    holds: ({ inviteAddressesPerTransaction, dynamodbTransactionItemsMax }) =>
      measured.invitePart.each * inviteAddressesPerTransaction + measured.invitePart.others <=
      dynamodbTransactionItemsMax,
    broken: { inviteAddressesPerTransaction: 48 },
  },
  {
    name: 'a part of a list of invites fits the bytes of a transaction',
    holds: ({ inviteAddressesPerTransaction, dynamodbTransactionBytesMax }) =>
      2 * inviteAddressesPerTransaction * measured.inviteItemBytes <= dynamodbTransactionBytesMax,
    broken: { inviteAddressesPerTransaction: 1_000 },
  },
  {
    name: 'a part of a list of resources of one owner and data source fits the items of a transaction',
    holds: ({ resourcesPerTransaction, dynamodbTransactionItemsMax }) =>
      measured.resourcePart.each * resourcesPerTransaction + measured.resourcePart.others <=
      dynamodbTransactionItemsMax,
    broken: { resourcesPerTransaction: 95 },
  },
  {
    name: 'a transaction of resources has no more other items than are counted, besides an owner and a data source',
    holds: ({ resourceTransactionRest }) => measured.resourcePart.others - 2 <= resourceTransactionRest,
    broken: { resourceTransactionRest: 4 },
  },
  {
    name: 'parts that conflict with each other run one at a time before their transactions run out of attempts',
    holds: ({ parallelPartsMax, transactionAttemptsMax }) => Math.log2(parallelPartsMax) + 1 < transactionAttemptsMax,
    broken: { parallelPartsMax: 128 },
  },
  {
    name: 'a part of a list of resources fits the bytes of a transaction',
    holds: ({ resourcesPerTransaction, dynamodbTransactionBytesMax }) =>
      resourcesPerTransaction * measured.resourceItemBytes <= dynamodbTransactionBytesMax,
    broken: { resourcesPerTransaction: 150 },
  },
  {
    name: 'accepting the largest invite fits a transaction',
    holds: (all) =>
      measured.acceptance.items + entriesMax(all) - measured.entries.largest <= all.dynamodbTransactionItemsMax,
    broken: { assignmentsMax: 81 },
  },
  {
    name: 'restoring the user with the most list entries fits a transaction',
    holds: (all) =>
      measured.restoring.items + entriesMax(all) - measured.entries.largest <= all.dynamodbTransactionItemsMax,
    broken: { searchableWordsMax: 37 },
  },
  {
    name: 'a change of a user fits a transaction together with the list entries that it changes',
    holds: ({ userEntriesPerTransaction, dynamodbTransactionItemsMax }) =>
      userEntriesPerTransaction + measured.changingRoles.others <= dynamodbTransactionItemsMax,
    broken: { userEntriesPerTransaction: 95 },
  },
  {
    name: 'a user has no more list entries than one transaction writes',
    holds: (all) => entriesMax(all) <= all.userEntriesPerTransaction,
    broken: { userEntriesPerTransaction: 60 },
  },
  {
    name: 'a step of shortening chains of successors fits a transaction',
    holds: ({ shortenedChainsPerTransaction, dynamodbTransactionItemsMax }) =>
      measured.shortening.each * shortenedChainsPerTransaction + measured.shortening.others <=
      dynamodbTransactionItemsMax,
    broken: { shortenedChainsPerTransaction: 100 },
  },

  // Reads. Items that are read together must fit one page of a Query or one BatchGetItem.
  {
    name: 'the items that a page of a list refers to are read in one BatchGetItem',
    holds: ({ pageItemsMax, dynamodbBatchGetKeysMax }) => pageItemsMax <= dynamodbBatchGetKeysMax,
    broken: { pageItemsMax: 101 },
  },
  {
    name: 'the resources that a check of permissions names are read in one BatchGetItem',
    holds: ({ permissionChecksMax, dynamodbBatchGetKeysMax }) => permissionChecksMax <= dynamodbBatchGetKeysMax,
    broken: { permissionChecksMax: 101 },
  },
  {
    name: 'reading the organization, the membership and the declared keys stays within the read units of an outsider',
    holds: ({ declaredReadsMax, outsiderReadUnitsMax }) => 2 + declaredReadsMax <= outsiderReadUnitsMax,
    broken: { declaredReadsMax: 11 },
  },
  {
    name: 'a query for a whole page ends at the bytes of the page, not at its number of items',
    holds: ({ wholePageItems, dynamodbPageBytesMax }) =>
      wholePageItems * measured.heldEntryBytes >= dynamodbPageBytesMax,
    broken: { wholePageItems: 5_000 },
  },
  {
    name: 'a query counts at least as many resources as the removal’s preview promises',
    holds: ({ resourcesPerQuery, dynamodbPageBytesMax }) =>
      resourcesPerQuery * measured.heldEntryBytes <= dynamodbPageBytesMax,
    broken: { resourcesPerQuery: 6_000 },
  },
  {
    name: 'the pending invites of a preview are counted in one query',
    holds: ({ pendingInvitesCountedMax, dynamodbPageBytesMax }) =>
      pendingInvitesCountedMax * measured.inviterEntryBytes <= dynamodbPageBytesMax,
    broken: { pendingInvitesCountedMax: 6_000 },
  },
  {
    name: 'the default number of items of a page is one that callers may request',
    holds: ({ pageItemsDefault, pageItemsMax }) => pageItemsDefault <= pageItemsMax,
    broken: { pageItemsDefault: 101 },
  },

  {
    name: 'the labels of a page of audit events fit one page of a Query',
    holds: ({ pageItemsMax, auditLabelBytesMax, dynamodbPageBytesMax }) =>
      pageItemsMax * (auditLabelBytesMax + measured.labelRestBytes) <= dynamodbPageBytesMax,
    broken: { auditLabelBytesMax: 11_000 },
  },
  {
    name: 'the events of a page that list the most roles of invitees fit one page of a Query',
    holds: ({ pageItemsMax, inviteAddressesPerTransaction, inviteOwnRolesPerTransaction, dynamodbPageBytesMax }) =>
      pageItemsMax * measured.invitesEventBytes(inviteAddressesPerTransaction, inviteOwnRolesPerTransaction) <=
      dynamodbPageBytesMax,
    broken: { inviteOwnRolesPerTransaction: 250 },
  },
  {
    name: 'the label of an event of many invites names all their addresses',
    holds: ({ inviteAddressesPerTransaction, cognitoUserNameLettersMax, nameLettersMax, auditLabelBytesMax }) =>
      inviteAddressesPerTransaction * (cognitoUserNameLettersMax + measured.labelNameRestBytes) +
        nameLettersMax * letterBytesMax +
        measured.labelNameRestBytes <=
      auditLabelBytesMax,
    broken: { inviteAddressesPerTransaction: 48 },
  },

  {
    name: 'an organization can accept a sign-in for as long as the user directory does, and no longer',
    holds: ({ signInHoursMax, signInDays }) => signInHoursMax === signInDays * 24,
    broken: { signInDays: 29 },
  },

  // Keys and cursors. The longest text that a field accepts must fit the key, the cursor or the field that contains it.
  {
    name: 'the longest name fits a sort key',
    holds: ({ foldedNameBytesMax, dynamodbSortKeyBytesMax }) =>
      foldedNameBytesMax + measured.poolNameKeyRest <= dynamodbSortKeyBytesMax,
    broken: { foldedNameBytesMax: 1_000 },
  },
  {
    name: 'the longest search text fits a sort key',
    holds: ({ searchLettersMax, dynamodbSortKeyBytesMax }) =>
      searchLettersMax * letterBytesMax + measured.sortKeyRest <= dynamodbSortKeyBytesMax,
    broken: { searchLettersMax: 249 },
  },
  {
    name: 'a cursor holds the longest position of a list that spans several partitions',
    holds: ({ searchLettersMax, cursorPositionBytesMax }) =>
      searchLettersMax * letterBytesMax + measured.walkedPositionRest <= cursorPositionBytesMax,
    broken: { cursorPositionBytesMax: 850 },
  },
  {
    name: 'DynamoDB accepts every position in a cursor as a sort key',
    holds: ({ cursorPositionBytesMax, dynamodbSortKeyBytesMax }) => cursorPositionBytesMax <= dynamodbSortKeyBytesMax,
    broken: { cursorPositionBytesMax: 1_025 },
  },
  {
    name: 'the API accepts the cursor of the longest search',
    holds: ({ searchLettersMax, cursorLettersMax }) => measured.cursorLetters(searchLettersMax) <= cursorLettersMax,
    broken: { cursorLettersMax: 1_600 },
  },
  {
    name: 'every id fits a field for ids',
    holds: ({ idLettersMax }) => measured.idLetters <= idLettersMax,
    broken: { idLettersMax: 35 },
  },
  {
    name: 'the token of a link fits its field',
    holds: ({ tokenLettersMax }) => measured.tokenLetters <= tokenLettersMax,
    broken: { tokenLettersMax: 104 },
  },

  // Items. Lists that grow inside an item must stop before the item reaches DynamoDB's maximum size.
  {
    name: 'a successor’s record of the maximum size fits an item together with one more removal',
    holds: ({ userRecordBytesMax, dynamodbItemBytesMax }) =>
      userRecordBytesMax + measured.takenOverBytes <= dynamodbItemBytesMax,
    broken: { userRecordBytesMax: 410_000 },
  },
  {
    name: 'a pool that has absorbed the maximum number of pools fits an item',
    holds: ({ absorbedPoolsMax, dynamodbItemBytesMax }) =>
      measured.poolItemBytes + absorbedPoolsMax * measured.absorbedIdBytes <= dynamodbItemBytesMax,
    broken: { absorbedPoolsMax: 13_000 },
  },
  {
    name: 'an invite with all its superseded secrets fits an item',
    holds: ({ supersededSecretsMax, dynamodbItemBytesMax }) =>
      measured.inviteItemBytes + supersededSecretsMax * measured.secretHashBytes <= dynamodbItemBytesMax,
    broken: { supersededSecretsMax: 10_000 },
  },
  {
    name: 'a person gets notices that are not about their own access, too',
    holds: ({ noticesPerPersonAndDayMax, noticesReservedPerDay }) => noticesReservedPerDay < noticesPerPersonAndDayMax,
    broken: { noticesReservedPerDay: 10 },
  },
  {
    name: 'a notice with all changes that it can gather fits an item',
    holds: ({ noticesGatheredMax, dynamodbTransactionItemsMax, nameLettersMax, dynamodbItemBytesMax }) =>
      (noticesGatheredMax + dynamodbTransactionItemsMax) * (2 * nameLettersMax * letterBytesMax + noticeRestBytes) <=
      dynamodbItemBytesMax,
    broken: { noticesGatheredMax: 300 },
  },
  {
    name: 'the remembered response of a part of a list of invites fits an item',
    holds: ({ inviteAddressesPerTransaction, givenAddressLettersMax, dynamodbItemBytesMax }) =>
      inviteAddressesPerTransaction * (givenAddressLettersMax * letterBytesMax + 100) <= dynamodbItemBytesMax,
    broken: { givenAddressLettersMax: 4_000 },
  },

  // Requests and responses. API Gateway and Lambda reject larger ones, so every input that is accepted must stay below their limits.
  {
    name: 'the longest list of addresses fits a request',
    holds: ({ inviteAddressesMax, cognitoUserNameLettersMax, requestBodyBytesMax }) =>
      inviteAddressesMax * (cognitoUserNameLettersMax + '"",'.length) <= requestBodyBytesMax / 2,
    broken: { inviteAddressesMax: 5_000 },
  },
  {
    name: 'API Gateway accepts the largest request that the application accepts',
    holds: ({ requestBodyBytesMax, apiGatewayPayloadBytesMax }) => requestBodyBytesMax <= apiGatewayPayloadBytesMax,
    broken: { requestBodyBytesMax: 11 * megabyte },
  },
  {
    name: 'a page of the largest resources fits a response',
    holds: (all) =>
      all.pageItemsMax * measured.resourceResponseBytes(all.tagsBytesMax) + responseRestBytes(all) <=
      all.lambdaResponseBytesMax,
    broken: { tagsBytesMax: 30_000 },
  },
  {
    name: 'the results of the largest resources fit a response',
    holds: (all) =>
      all.resourcesPerRequestMax * measured.resourceResponseBytes(all.tagsBytesMax) + responseRestBytes(all) <=
      all.lambdaResponseBytesMax,
    broken: { resourcesPerRequestMax: 110 },
  },
  {
    name: 'the list of all pools fits a response',
    holds: (all) =>
      all.poolsMax * (all.poolPathBytesMax + measured.poolResponseBytes) + responseRestBytes(all) <=
      all.lambdaResponseBytesMax,
    broken: { poolPathBytesMax: 640 },
  },
  {
    name: 'the results of the longest list of addresses fit a response',
    holds: (all) =>
      all.inviteRepeatedBytesMax + all.inviteAddressesMax * measured.inviteResponseBytes + responseRestBytes(all) <=
      all.lambdaResponseBytesMax,
    broken: { inviteRepeatedBytesMax: 5_000_000 },
  },
  {
    name: 'the largest response that refuses a request fits a response of Lambda',
    holds: ({ problemErrorsMax, problemPointerLettersMax, problemDetailLettersMax, lambdaResponseBytesMax }) =>
      (problemErrorsMax * (problemPointerLettersMax + 1_000) + problemDetailLettersMax) * letterBytesMax <=
      lambdaResponseBytesMax,
    broken: { problemErrorsMax: 2_000 },
  },
  {
    name: 'one address can be invited with the maximum number of roles',
    holds: ({ assignmentsMax, inviteRolesTotalMax }) => assignmentsMax <= inviteRolesTotalMax,
    broken: { inviteRolesTotalMax: 49 },
  },
  {
    name: 'one invitee can have the maximum number of roles of their own',
    holds: ({ assignmentsMax, inviteOwnRolesPerTransaction }) => assignmentsMax <= inviteOwnRolesPerTransaction,
    broken: { inviteOwnRolesPerTransaction: 49 },
  },
  {
    name: 'every address that an account can have can be entered',
    holds: ({ givenAddressLettersMax, cognitoUserNameLettersMax }) =>
      givenAddressLettersMax >= cognitoUserNameLettersMax,
    broken: { givenAddressLettersMax: 127 },
  },
  {
    name: 'an email address fits a search for it',
    holds: ({ searchLettersMax, cognitoUserNameLettersMax }) => searchLettersMax >= cognitoUserNameLettersMax,
    broken: { searchLettersMax: 127 },
  },
  {
    name: 'the subject of a reminder has room for two names of the maximum length',
    holds: ({ subjectLettersMax, subjectNameLettersMax }) =>
      'Reminder: '.length + ' invited you to '.length + 2 * subjectNameLettersMax <= subjectLettersMax,
    broken: { subjectNameLettersMax: 48 },
  },
  {
    name: 'a local part leaves room for a domain',
    holds: ({ emailLocalPartLettersMax, cognitoUserNameLettersMax }) =>
      emailLocalPartLettersMax + '@a.b'.length <= cognitoUserNameLettersMax,
    broken: { emailLocalPartLettersMax: 128 },
  },
  {
    name: 'Cognito accepts a password of the minimum length',
    holds: ({ passwordLettersMin, cognitoPasswordLettersMax }) => passwordLettersMin <= cognitoPasswordLettersMax,
    broken: { passwordLettersMin: 257 },
  },
  {
    name: 'the smallest amount of money is below the largest',
    holds: ({ moneyMin, moneyMax }) => moneyMin < moneyMax,
    broken: { moneyMin: 1e12 },
  },
  {
    name: 'the longest tag fits a resource',
    holds: ({ tagKeyLettersMax, tagValueLettersMax, tagsBytesMax }) =>
      (tagKeyLettersMax + tagValueLettersMax) * letterBytesMax <= tagsBytesMax,
    broken: { tagsBytesMax: 1_500 },
  },

  // Invites and mails. Records must outlast the time for which they are needed, and alarms must come before SES reviews the account.
  {
    name: 'the default lifetime of an invite is an allowed one',
    holds: ({ inviteExpiryDaysMin, inviteExpiryDaysDefault, inviteExpiryDaysMax }) =>
      inviteExpiryDaysMin <= inviteExpiryDaysDefault && inviteExpiryDaysDefault <= inviteExpiryDaysMax,
    broken: { inviteExpiryDaysMax: 6 },
  },
  {
    name: 'a reminder goes out at least a day after the invite',
    holds: ({ inviteReminderDays, inviteUnremindedDaysMax }) => inviteReminderDays < inviteUnremindedDaysMax,
    broken: { inviteReminderDays: 3 },
  },
  {
    name: 'an expired invite is kept for longer than the longest lifetime of an invite',
    holds: ({ inviteRetentionDays, inviteExpiryDaysMax }) => inviteRetentionDays > inviteExpiryDaysMax,
    broken: { inviteExpiryDaysMax: 365 },
  },
  {
    name: 'an invite remembers more superseded secrets than it can get in one day',
    holds: ({ supersededSecretsMax, inviteResendsPerDayMax }) => supersededSecretsMax > inviteResendsPerDayMax,
    broken: { supersededSecretsMax: 5 },
  },
  {
    name: 'the counts of mails are kept for longer than the period over which bounces are counted',
    holds: ({ mailCountRetentionDays, bounceWindowDays }) => mailCountRetentionDays > bounceWindowDays,
    broken: { mailCountRetentionDays: 7 },
  },
  {
    name: 'an organization is paused before the alarm is raised, and the alarm is raised before SES reviews the account',
    holds: ({ bounceShareMax, bounceAlarmShare, sesReviewedBounceShare }) =>
      bounceShareMax < bounceAlarmShare && bounceAlarmShare < sesReviewedBounceShare,
    broken: { bounceAlarmShare: 0.05 },
  },
  {
    name: 'the alarm for complaints is raised before SES reviews the account',
    holds: ({ complaintAlarmShare, sesReviewedComplaintShare }) => complaintAlarmShare < sesReviewedComplaintShare,
    broken: { complaintAlarmShare: 0.001 },
  },

  // Pools and memory. Pools are read as a whole and kept in memory, so their number and depth are bounded.
  {
    name: 'a path of the maximum depth is not mistaken for a torn one',
    holds: ({ poolDepthMax, poolStepsMax }) => poolDepthMax < poolStepsMax,
    broken: { poolDepthMax: 50 },
  },
  {
    name: 'a pool can absorb fewer pools than an organization can have',
    holds: ({ absorbedPoolsMax, poolsMax }) => absorbedPoolsMax < poolsMax,
    broken: { poolsMax: 2_000 },
  },
  {
    name: 'what a function remembers uses less than a quarter of its memory',
    holds: ({ poolTreesRememberedMax, poolsMax, membersRememberedMax, functionMemoryMegabytes }) =>
      poolTreesRememberedMax * poolsMax * 200 + membersRememberedMax * 100 < (functionMemoryMegabytes * megabyte) / 4,
    broken: { poolTreesRememberedMax: 300 },
  },

  // Drafts in the browser.
  {
    name: 'a draft can contain the addresses and the message of a full invitation',
    holds: ({ inviteAddressesMax, cognitoUserNameLettersMax, inviteMessageLettersMax, draftLettersMax }) =>
      inviteAddressesMax * (cognitoUserNameLettersMax + '"",'.length) + inviteMessageLettersMax <= draftLettersMax,
    broken: { draftLettersMax: 100_000 },
  },
  {
    name: 'a browser can store the maximum number of drafts',
    holds: ({ draftsMax, draftLettersMax, browserStorageLettersMax }) =>
      draftsMax * draftLettersMax < browserStorageLettersMax,
    broken: { draftsMax: 30 },
  },
];
