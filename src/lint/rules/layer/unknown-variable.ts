import { tableOrigin } from '../../facts.ts'
import { ignored, isNearSecurity, isOfAnotherVersion, meansAuth } from '../../ignored.ts'
import { ALL_TARGETS, defineRule } from '../../rule.ts'
import { QUIET } from '../../samples.ts'

/** The target's own words for variables that belong to somebody else: no mistake, but no setting either. */
const OF_OTHERS = /SDKs' variable|Kubernetes service link/

export const unknownVariable = defineRule({
  id: 'RA011',
  name: 'unknown-variable',
  since: '0.1.0',
  area: 'layer',
  severity: 'warning',
  confidence: 'high',
  targets: ALL_TARGETS,
  security: { score: 7.1, cwe: [1188] },
  pitfalls: [84, 85, 95],
  summary: 'The server ignores this variable',
  why: 'Levels are joined with two underscores. A variable with one, or with a misspelt part, becomes an unknown key and is ignored in silence.',
  remediation: 'Correct the name, or remove the variable.',
  messages: {
    meant: '{name} has no effect; did you mean {meant}?',
    unknown: '{name} has no effect: {why}',
    client: '{name} has no effect on the server: {why}',
  },
  bad: () => [
    {
      title: 'one underscore instead of two',
      files: { 'resonate.toml': QUIET },
      variables: { RESONATE_SERVER_PORT: '9000' },
      expect: [{ message: 'meant' }],
    },
    {
      title: 'a variable of the SDKs',
      files: { 'resonate.toml': QUIET },
      variables: { RESONATE_URL: 'http://localhost:9000' },
      expect: [{ message: 'client' }],
    },
  ],
  good: () => [
    {
      title: 'two underscores',
      files: { 'resonate.toml': QUIET },
      variables: { RESONATE_SERVER__PORT: '9000' },
    },
  ],
  *check(facts) {
    const authMissing = tableOrigin(facts, 'auth') === undefined
    for (const entry of ignored(facts, 'variable')) {
      const { what, meant, why, origin } = entry
      if (isOfAnotherVersion(entry)) continue
      if (authMissing && meansAuth(facts, entry)) continue
      const common = { origin, path: what }
      if (meant !== undefined)
        yield {
          ...common,
          message: 'meant',
          values: { name: what, meant },
          ...(isNearSecurity(entry) && { severity: 'error' as const }),
        }
      else if (OF_OTHERS.test(why))
        yield { ...common, message: 'client', values: { name: what, why }, severity: 'info' }
      else
        yield {
          ...common,
          message: 'unknown',
          values: { name: what, why },
          ...(isNearSecurity(entry) && { severity: 'error' as const }),
        }
    }
  },
})
