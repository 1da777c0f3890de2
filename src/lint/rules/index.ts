import type { Rule } from '../rule.ts'
import { authAbsent } from './auth/auth-absent.ts'
import { authMisspelt } from './auth/auth-misspelt.ts'
import { claimEmpty } from './auth/claim-empty.ts'
import { claimsUnchecked } from './auth/claims-unchecked.ts'
import { keyFlawed } from './auth/key-flawed.ts'
import { keyMissing } from './auth/key-missing.ts'
import { keyUnusable } from './auth/key-unusable.ts'
import { publickeyNone } from './auth/publickey-none.ts'
import { argumentRefused } from './config/argument-refused.ts'
import { fileUnreadable } from './config/file-unreadable.ts'
import { missingKey } from './config/missing-key.ts'
import { startRefused } from './config/start-refused.ts'
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
import { debugOn } from './exposure/debug-on.ts'
import { levelHides } from './exposure/level-hides.ts'
import { metricsExposed } from './exposure/metrics-exposed.ts'
import { metricsPortTaken } from './exposure/metrics-port-taken.ts'
import { pollStaysOpen } from './exposure/poll-stays-open.ts'
import { urlInsecure } from './exposure/url-insecure.ts'
import { urlUnset } from './exposure/url-unset.ts'
import { ignoredFlag } from './layer/ignored-flag.ts'
import { unknownVariable } from './layer/unknown-variable.ts'
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
import { openToClients } from './push/open-to-clients.ts'
import { tokenWithoutMode } from './push/token-without-mode.ts'
import { undeliverable } from './push/undeliverable.ts'
import { secretInFile } from './secret/secret-in-file.ts'
import { secretOnCommandLine } from './secret/secret-on-command-line.ts'

/** Every rule, by id; a test compares the list with the files beside it. */
export const RULES: readonly Rule[] = [
  tomlSyntax,
  fileUnreadable,
  wrongType,
  missingKey,
  startRefused,
  argumentRefused,
  variablePanic,
  unknownVariable,
  unknownKey,
  publickeyNone,
  authAbsent,
  authMisspelt,
  claimEmpty,
  claimsUnchecked,
  keyMissing,
  keyUnusable,
  keyFlawed,
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
  metricsExposed,
  metricsPortTaken,
  debugOn,
  bashExec,
  bindAll,
  urlInsecure,
  urlUnset,
  pollStaysOpen,
  levelHides,
  ignoredFlag,
  secretInFile,
  secretOnCommandLine,
  suppressionUnused,
  suppressionUnknown,
  suppressionMalformed,
  suppressionExpired,
  suppressionExpiring,
  baselineStale,
]
