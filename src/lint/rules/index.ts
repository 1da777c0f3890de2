import type { Rule } from '../rule.ts'
import { authAbsent } from './auth/auth-absent.ts'
import { authMisspelt } from './auth/auth-misspelt.ts'
import { claimEmpty } from './auth/claim-empty.ts'
import { claimsUnchecked } from './auth/claims-unchecked.ts'
import { keyCertificate } from './auth/key-certificate.ts'
import { keyFlawed } from './auth/key-flawed.ts'
import { keyMissing } from './auth/key-missing.ts'
import { keyPublished } from './auth/key-published.ts'
import { keyRelativePath } from './auth/key-relative-path.ts'
import { keySeveralBlocks } from './auth/key-several-blocks.ts'
import { keyUnusable } from './auth/key-unusable.ts'
import { keyWritable } from './auth/key-writable.ts'
import { privateKeyBeside } from './auth/private-key-beside.ts'
import { publickeyNone } from './auth/publickey-none.ts'
import { workosUrlInsecure } from './auth/workos-url-insecure.ts'
import { argumentRefused } from './config/argument-refused.ts'
import { deadKey } from './config/dead-key.ts'
import { fileNotJudged } from './config/file-not-judged.ts'
import { fileUnreadable } from './config/file-unreadable.ts'
import { keyOfAnotherVersion } from './config/key-of-another-version.ts'
import { missingKey } from './config/missing-key.ts'
import { otherLayout } from './config/other-layout.ts'
import { startRefused } from './config/start-refused.ts'
import { startUnknown } from './config/start-unknown.ts'
import { tomlSyntax } from './config/toml-syntax.ts'
import { unknownKey } from './config/unknown-key.ts'
import { variablePanic } from './config/variable-panic.ts'
import { wrongType } from './config/wrong-type.ts'
import { anyOrigin } from './cors/any-origin.ts'
import { anyOriginWithTokens } from './cors/any-origin-with-tokens.ts'
import { emptyEntry } from './cors/empty-entry.ts'
import { insecureOrigin } from './cors/insecure-origin.ts'
import { neverMatching } from './cors/never-matching.ts'
import { nullOrigin } from './cors/null-origin.ts'
import { bashExec } from './exposure/bash-exec.ts'
import { bindAll } from './exposure/bind-all.ts'
import { bindWidened } from './exposure/bind-widened.ts'
import { consoleOpen } from './exposure/console-open.ts'
import { debugOn } from './exposure/debug-on.ts'
import { levelHides } from './exposure/level-hides.ts'
import { metricsExposed } from './exposure/metrics-exposed.ts'
import { metricsPortTaken } from './exposure/metrics-port-taken.ts'
import { pollStaysOpen } from './exposure/poll-stays-open.ts'
import { urlInsecure } from './exposure/url-insecure.ts'
import { urlUnset } from './exposure/url-unset.ts'
import { devWithDatabase } from './layer/dev-with-database.ts'
import { duplicateVariable } from './layer/duplicate-variable.ts'
import { emptyVariable } from './layer/empty-variable.ts'
import { fileIgnored } from './layer/file-ignored.ts'
import { fileInParent } from './layer/file-in-parent.ts'
import { ignoredFlag } from './layer/ignored-flag.ts'
import { legacyFile } from './layer/legacy-file.ts'
import { listReplaced } from './layer/list-replaced.ts'
import { quotedVariable } from './layer/quoted-variable.ts'
import { settingShadowed } from './layer/setting-shadowed.ts'
import { storageFlagTypo } from './layer/storage-flag-typo.ts'
import { unknownVariable } from './layer/unknown-variable.ts'
import { goAuthAbsent } from './legacy/go-auth-absent.ts'
import { goBasicAndKey } from './legacy/go-basic-and-key.ts'
import { goCorsWithKey } from './legacy/go-cors-with-key.ts'
import { goGrpcOpen } from './legacy/go-grpc-open.ts'
import { goPassword } from './legacy/go-password.ts'
import { goPasswordInFile } from './legacy/go-password-in-file.ts'
import { goPollOpen } from './legacy/go-poll-open.ts'
import { goStartRefused } from './legacy/go-start-refused.ts'
import { baselineStale } from './meta/baseline-stale.ts'
import { suppressionExpired } from './meta/suppression-expired.ts'
import { suppressionExpiring } from './meta/suppression-expiring.ts'
import { suppressionMalformed } from './meta/suppression-malformed.ts'
import { suppressionUnknown } from './meta/suppression-unknown.ts'
import { suppressionUnused } from './meta/suppression-unused.ts'
import { bearerWithoutToken } from './push/bearer-without-token.ts'
import { customHeader } from './push/custom-header.ts'
import { deadPushSetting } from './push/dead-setting.ts'
import { disabledTransport } from './push/disabled-transport.ts'
import { doubledBearer } from './push/doubled-bearer.ts'
import { gcpAudience } from './push/gcp-audience.ts'
import { gcpFailsOpen } from './push/gcp-fails-open.ts'
import { modeFlagTypo } from './push/mode-flag-typo.ts'
import { openToClients } from './push/open-to-clients.ts'
import { tokenWithoutMode } from './push/token-without-mode.ts'
import { undeliverable } from './push/undeliverable.ts'
import { secretInFile } from './secret/secret-in-file.ts'
import { secretOnCommandLine } from './secret/secret-on-command-line.ts'
import { tokenAdminWithPrefix } from './token/token-admin-with-prefix.ts'
import { tokenAlgorithm } from './token/token-algorithm.ts'
import { tokenAudienceForm } from './token/token-audience-form.ts'
import { tokenClaimType } from './token/token-claim-type.ts'
import { tokenDamaged } from './token/token-damaged.ts'
import { tokenEmptyPrefix } from './token/token-empty-prefix.ts'
import { tokenForAnotherServer } from './token/token-for-another-server.ts'
import { tokenLongLived } from './token/token-long-lived.ts'
import { tokenNeverExpires } from './token/token-never-expires.ts'
import { tokenNotBeforeIgnored } from './token/token-not-before-ignored.ts'
import { tokenPrefixDisagrees } from './token/token-prefix-disagrees.ts'
import { tokenPrefixNoIsolation } from './token/token-prefix-no-isolation.ts'
import { tokenPrefixWithoutDelimiter } from './token/token-prefix-without-delimiter.ts'
import { tokenRefused } from './token/token-refused.ts'
import { tokenRoleWithoutMeaning } from './token/token-role-without-meaning.ts'
import { tokenWithoutExpiry } from './token/token-without-expiry.ts'
import { tokenWithoutPrefix } from './token/token-without-prefix.ts'

/** Every rule, by id; a test compares the list with the files beside it. */
export const RULES: readonly Rule[] = [
  tomlSyntax,
  fileUnreadable,
  wrongType,
  missingKey,
  startRefused,
  argumentRefused,
  variablePanic,
  startUnknown,
  fileNotJudged,
  unknownVariable,
  unknownKey,
  keyOfAnotherVersion,
  deadKey,
  otherLayout,
  publickeyNone,
  authAbsent,
  authMisspelt,
  claimEmpty,
  claimsUnchecked,
  keyMissing,
  keyUnusable,
  keyFlawed,
  keySeveralBlocks,
  keyCertificate,
  keyRelativePath,
  keyPublished,
  privateKeyBeside,
  keyWritable,
  workosUrlInsecure,
  anyOrigin,
  neverMatching,
  nullOrigin,
  insecureOrigin,
  anyOriginWithTokens,
  emptyEntry,
  bearerWithoutToken,
  tokenWithoutMode,
  openToClients,
  gcpAudience,
  gcpFailsOpen,
  undeliverable,
  customHeader,
  deadPushSetting,
  disabledTransport,
  doubledBearer,
  modeFlagTypo,
  metricsExposed,
  metricsPortTaken,
  debugOn,
  bashExec,
  bindAll,
  urlInsecure,
  urlUnset,
  pollStaysOpen,
  levelHides,
  bindWidened,
  consoleOpen,
  ignoredFlag,
  listReplaced,
  settingShadowed,
  fileIgnored,
  fileInParent,
  legacyFile,
  duplicateVariable,
  quotedVariable,
  emptyVariable,
  storageFlagTypo,
  devWithDatabase,
  tokenRefused,
  tokenAudienceForm,
  tokenWithoutExpiry,
  tokenForAnotherServer,
  tokenAlgorithm,
  tokenDamaged,
  tokenClaimType,
  tokenNeverExpires,
  tokenLongLived,
  tokenNotBeforeIgnored,
  tokenWithoutPrefix,
  tokenAdminWithPrefix,
  tokenEmptyPrefix,
  tokenPrefixWithoutDelimiter,
  tokenPrefixDisagrees,
  tokenRoleWithoutMeaning,
  tokenPrefixNoIsolation,
  secretInFile,
  secretOnCommandLine,
  goStartRefused,
  goAuthAbsent,
  goGrpcOpen,
  goPollOpen,
  goBasicAndKey,
  goPassword,
  goPasswordInFile,
  goCorsWithKey,
  suppressionUnused,
  suppressionUnknown,
  suppressionMalformed,
  suppressionExpired,
  suppressionExpiring,
  baselineStale,
]
