/** How the numbers of shared/limits.ts relate, and for each relation values that break it. */
import * as limits from '../../shared/limits.ts';
import { routeGroups } from '../../shared/api/routes.ts';
import { measured } from './measured-sizes.ts';

type FunctionTimeouts = Record<keyof typeof limits.functionTimeoutSeconds, number>;

/** The numbers as they are, or with some of them changed. */
export type Limits = Record<Exclude<keyof typeof limits, 'functionTimeoutSeconds'>, number> & {
  functionTimeoutSeconds: FunctionTimeouts;
};

export interface Relation {
  /** What holds, as a sentence. */
  name: string;
  holds: (limits: Limits) => boolean;
  /** Values with which it does not hold. */
  broken: Partial<Omit<Limits, 'functionTimeoutSeconds'>> & { functionTimeoutSeconds?: Partial<FunctionTimeouts> };
}

/** The names of the relations that do not hold. */
export const violations = (all: Limits): string[] =>
  relations.filter(({ holds }) => !holds(all)).map(({ name }) => name);

/** Limits with the values that break a relation. */
export const withBroken = ({ functionTimeoutSeconds, ...numbers }: Relation['broken']): Limits => ({
  ...limits,
  ...numbers,
  functionTimeoutSeconds: { ...limits.functionTimeoutSeconds, ...functionTimeoutSeconds },
});

/** Bytes of a response that belong to no item of a list: the cursor, the names around the list. */
const responseRestBytes = ({ cursorLettersMax }: Limits): number => cursorLettersMax + 200;

/** Bytes of a letter in UTF-8, and of one that a response escapes twice, at most. */
const letterBytesMax = 4;

/** The list entries of the user who has the most, with other limits than today's. */
const entriesMax = ({ assignmentsMax, searchableWordsMax }: Limits): number =>
  measured.entries.largest +
  measured.entries.eachAssignment * (assignmentsMax - limits.assignmentsMax) +
  measured.entries.eachWord * (searchableWordsMax - limits.searchableWordsMax);

const millisecondsOfRetries = ({ transactionAttemptsMax, transactionPauseMilliseconds }: Limits): number =>
  transactionPauseMilliseconds * (2 ** transactionAttemptsMax - 2);

const megabyte = 1024 * 1024;
const day = 24 * 60 * 60;

export const relations: Relation[] = [
  // How long things run.
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
    name: 'a transaction is no longer retried when the quickest function ends',
    holds: (all) => millisecondsOfRetries(all) < 1_000 * Math.min(...Object.values(all.functionTimeoutSeconds)),
    broken: { transactionAttemptsMax: 9 },
  },
  {
    name: 'somebody who is signed in gets new access tokens',
    holds: ({ accessTokenMinutes, signInDays }) => 60 * accessTokenMinutes < signInDays * day,
    broken: { accessTokenMinutes: 30 * 24 * 60 },
  },

  // The worker.
  {
    name: 'the lease outlives the worker',
    holds: ({ leaseSeconds, functionTimeoutSeconds: { work } }) => leaseSeconds > work,
    broken: { leaseSeconds: limits.functionTimeoutSeconds.work },
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
    name: 'a follow-up is resumed only once the run that began it is dead and its lease is over',
    holds: ({ followUpResumptionSeconds, leaseSeconds }) => followUpResumptionSeconds > leaseSeconds,
    broken: { followUpResumptionSeconds: 75 },
  },
  {
    name: 'a run does not take up again what failed in it',
    holds: ({ failedWorkPauseSeconds, functionTimeoutSeconds: { work } }) => failedWorkPauseSeconds >= work,
    broken: { failedWorkPauseSeconds: 59 },
  },
  {
    name: 'a run does not take up again what only a newer version knows',
    holds: ({ unknownWorkPauseSeconds, functionTimeoutSeconds: { work } }) => unknownWorkPauseSeconds >= work,
    broken: { unknownWorkPauseSeconds: 59 },
  },
  {
    name: 'a mail is uncertain for longer than the run that sent it can live',
    holds: ({ sendUncertaintySeconds, leaseSeconds }) => sendUncertaintySeconds > leaseSeconds,
    broken: { sendUncertaintySeconds: 75 },
  },
  {
    name: 'a record of the stream wakes the worker until the schedule has come',
    holds: ({ wakeAgeSecondsMax, workIntervalSeconds }) => wakeAgeSecondsMax > workIntervalSeconds,
    broken: { wakeAgeSecondsMax: 60 },
  },
  {
    name: 'a run that died raises no alarm by itself',
    holds: ({ overdueWorkAlarmSeconds, leaseSeconds, workIntervalSeconds }) =>
      overdueWorkAlarmSeconds > leaseSeconds + workIntervalSeconds,
    broken: { overdueWorkAlarmSeconds: 135 },
  },
  {
    name: 'the due work that is read together fits one page',
    holds: ({ dueWorkReadMax, dynamodbPageBytesMax }) =>
      dueWorkReadMax * measured.dueEntryBytes <= dynamodbPageBytesMax,
    broken: { dueWorkReadMax: 12_000 },
  },
  {
    name: 'the index is read again before what was read is used up, and after every parallel step',
    holds: ({ parallelWorkMax, dueWorkPerReadMax, dueWorkReadMax }) =>
      parallelWorkMax <= dueWorkPerReadMax && dueWorkPerReadMax <= dueWorkReadMax,
    broken: { dueWorkPerReadMax: 9 },
  },

  // Transactions.
  {
    name: 'a part of a list of invites fits a transaction',
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
    name: 'a part of a list of resources of one owner and data source fits a transaction',
    holds: ({ resourcesPerTransaction, dynamodbTransactionItemsMax }) =>
      measured.resourcePart.each * resourcesPerTransaction + measured.resourcePart.others <=
      dynamodbTransactionItemsMax,
    broken: { resourcesPerTransaction: 95 },
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
    name: 'changing a user fits a transaction with the list entries that change',
    holds: ({ userEntriesPerTransaction, dynamodbTransactionItemsMax }) =>
      userEntriesPerTransaction + measured.changingRoles.others <= dynamodbTransactionItemsMax,
    broken: { userEntriesPerTransaction: 95 },
  },
  {
    name: 'the list entries of a user alone fit what one transaction writes of them',
    holds: (all) => entriesMax(all) <= all.userEntriesPerTransaction,
    broken: { userEntriesPerTransaction: 61 },
  },
  {
    name: 'a step of shortening chains of successors fits a transaction',
    holds: ({ shortenedChainsPerTransaction, dynamodbTransactionItemsMax }) =>
      measured.shortening.each * shortenedChainsPerTransaction + measured.shortening.others <=
      dynamodbTransactionItemsMax,
    broken: { shortenedChainsPerTransaction: 100 },
  },

  // Reads.
  {
    name: 'what a page of a list names is read in one BatchGetItem',
    holds: ({ pageItemsMax, dynamodbBatchGetKeysMax }) => pageItemsMax <= dynamodbBatchGetKeysMax,
    broken: { pageItemsMax: 101 },
  },
  {
    name: 'the resources that a check of permissions names are read in one BatchGetItem',
    holds: ({ permissionChecksMax, dynamodbBatchGetKeysMax }) => permissionChecksMax <= dynamodbBatchGetKeysMax,
    broken: { permissionChecksMax: 101 },
  },
  {
    name: 'what an operation declares is read with the organization and the membership, within the units of an outsider',
    holds: ({ declaredReadsMax, outsiderReadUnitsMax }) => 2 + declaredReadsMax <= outsiderReadUnitsMax,
    broken: { declaredReadsMax: 11 },
  },
  {
    name: 'a whole page has no more items than its query asks for',
    holds: ({ wholePageItems, dynamodbPageBytesMax }) =>
      wholePageItems * measured.heldEntryBytes >= dynamodbPageBytesMax,
    broken: { wholePageItems: 5_000 },
  },
  {
    name: 'a query counts about as many resources as the removal’s preview says',
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
    name: 'a page has a default number of items that callers may ask for',
    holds: ({ pageItemsDefault, pageItemsMax }) => pageItemsDefault <= pageItemsMax,
    broken: { pageItemsDefault: 101 },
  },

  // Keys.
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
    name: 'a cursor holds the longest position of a list that goes over several partitions',
    holds: ({ searchLettersMax, cursorPositionBytesMax }) =>
      searchLettersMax * letterBytesMax + measured.walkedPositionRest <= cursorPositionBytesMax,
    broken: { cursorPositionBytesMax: 850 },
  },
  {
    name: 'a position in a cursor is one that DynamoDB accepts',
    holds: ({ cursorPositionBytesMax, dynamodbSortKeyBytesMax }) => cursorPositionBytesMax <= dynamodbSortKeyBytesMax,
    broken: { cursorPositionBytesMax: 1_025 },
  },
  {
    name: 'the cursor of the longest search is one that the API accepts',
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

  // Items.
  {
    name: 'a successor’s record fits an item, with the removal that fills it up',
    holds: ({ userRecordBytesMax, dynamodbItemBytesMax }) =>
      userRecordBytesMax + measured.takenOverBytes <= dynamodbItemBytesMax,
    broken: { userRecordBytesMax: 410_000 },
  },
  {
    name: 'a pool that has absorbed as many as it may fits an item',
    holds: ({ absorbedPoolsMax, dynamodbItemBytesMax }) =>
      measured.poolItemBytes + absorbedPoolsMax * measured.absorbedIdBytes <= dynamodbItemBytesMax,
    broken: { absorbedPoolsMax: 13_000 },
  },
  {
    name: 'an invite with all its old secrets fits an item',
    holds: ({ supersededSecretsMax, dynamodbItemBytesMax }) =>
      measured.inviteItemBytes + supersededSecretsMax * measured.secretHashBytes <= dynamodbItemBytesMax,
    broken: { supersededSecretsMax: 10_000 },
  },
  {
    name: 'the remembered response of a part of a list of invites fits an item',
    holds: ({ inviteAddressesPerTransaction, givenAddressLettersMax, dynamodbItemBytesMax }) =>
      inviteAddressesPerTransaction * (givenAddressLettersMax * letterBytesMax + 100) <= dynamodbItemBytesMax,
    broken: { givenAddressLettersMax: 4_000 },
  },

  // Requests and responses.
  {
    name: 'the longest list of addresses fits a request',
    holds: ({ inviteAddressesMax, cognitoUserNameLettersMax, requestBodyBytesMax }) =>
      inviteAddressesMax * (cognitoUserNameLettersMax + '"",'.length) <= requestBodyBytesMax / 2,
    broken: { inviteAddressesMax: 5_000 },
  },
  {
    name: 'a request that the application accepts passes API Gateway',
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
    name: 'a response that refuses a request fits a response',
    holds: ({ problemErrorsMax, problemPointerLettersMax, problemDetailLettersMax, lambdaResponseBytesMax }) =>
      (problemErrorsMax * (problemPointerLettersMax + 1_000) + problemDetailLettersMax) * letterBytesMax <=
      lambdaResponseBytesMax,
    broken: { problemErrorsMax: 2_000 },
  },
  {
    name: 'one address may be given all roles',
    holds: ({ assignmentsMax, inviteRolesTotalMax }) => assignmentsMax <= inviteRolesTotalMax,
    broken: { inviteRolesTotalMax: 49 },
  },
  {
    name: 'an address that can be an account’s can be entered',
    holds: ({ givenAddressLettersMax, cognitoUserNameLettersMax }) =>
      givenAddressLettersMax >= cognitoUserNameLettersMax,
    broken: { givenAddressLettersMax: 127 },
  },
  {
    name: 'an e-mail address fits a search for it',
    holds: ({ searchLettersMax, cognitoUserNameLettersMax }) => searchLettersMax >= cognitoUserNameLettersMax,
    broken: { searchLettersMax: 127 },
  },
  {
    name: 'a local part leaves room for a domain',
    holds: ({ emailLocalPartLettersMax, cognitoUserNameLettersMax }) =>
      emailLocalPartLettersMax + '@a.b'.length <= cognitoUserNameLettersMax,
    broken: { emailLocalPartLettersMax: 128 },
  },
  {
    name: 'there are passwords that Cognito accepts',
    holds: ({ passwordLettersMin, cognitoPasswordLettersMax }) => passwordLettersMin <= cognitoPasswordLettersMax,
    broken: { passwordLettersMin: 257 },
  },
  {
    name: 'there are amounts of money',
    holds: ({ moneyMin, moneyMax }) => moneyMin < moneyMax,
    broken: { moneyMin: 1e12 },
  },
  {
    name: 'the longest tag fits a resource',
    holds: ({ tagKeyLettersMax, tagValueLettersMax, tagsBytesMax }) =>
      (tagKeyLettersMax + tagValueLettersMax) * letterBytesMax <= tagsBytesMax,
    broken: { tagsBytesMax: 1_500 },
  },

  // Invites and mails.
  {
    name: 'an invite lives by default as long as it may',
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
    name: 'an expired invite is remembered longer than any lives',
    holds: ({ inviteRetentionDays, inviteExpiryDaysMax }) => inviteRetentionDays > inviteExpiryDaysMax,
    broken: { inviteExpiryDaysMax: 365 },
  },
  {
    name: 'an invite remembers the secrets of more than one day',
    holds: ({ supersededSecretsMax, inviteResendsPerDayMax }) => supersededSecretsMax > inviteResendsPerDayMax,
    broken: { supersededSecretsMax: 5 },
  },
  {
    name: 'mails are counted longer than bounces are looked for',
    holds: ({ mailCountRetentionDays, bounceWindowDays }) => mailCountRetentionDays > bounceWindowDays,
    broken: { mailCountRetentionDays: 7 },
  },
  {
    name: 'an organization is paused before the alarm, and the alarm comes before SES’s review',
    holds: ({ bounceShareMax, bounceAlarmShare, sesReviewedBounceShare }) =>
      bounceShareMax < bounceAlarmShare && bounceAlarmShare < sesReviewedBounceShare,
    broken: { bounceAlarmShare: 0.05 },
  },
  {
    name: 'the alarm of complaints comes before SES’s review',
    holds: ({ complaintAlarmShare, sesReviewedComplaintShare }) => complaintAlarmShare < sesReviewedComplaintShare,
    broken: { complaintAlarmShare: 0.001 },
  },

  // Pools and memory.
  {
    name: 'no path that is allowed looks torn',
    holds: ({ poolDepthMax, poolStepsMax }) => poolDepthMax < poolStepsMax,
    broken: { poolDepthMax: 50 },
  },
  {
    name: 'a pool can absorb fewer pools than there may be',
    holds: ({ absorbedPoolsMax, poolsMax }) => absorbedPoolsMax < poolsMax,
    broken: { poolsMax: 2_000 },
  },
  {
    name: 'what a function remembers leaves it most of its memory',
    holds: ({ poolTreesRememberedMax, poolsMax, membersRememberedMax, functionMemoryMegabytes }) =>
      poolTreesRememberedMax * poolsMax * 200 + membersRememberedMax * 100 < (functionMemoryMegabytes * megabyte) / 4,
    broken: { poolTreesRememberedMax: 300 },
  },
];
