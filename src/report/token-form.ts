/** The forms in which `export` writes a token. */
export const TOKEN_FORMS = [
  'curl',
  'env',
  'dotenv',
  'json',
  'k8s-secret',
  'docker-secret',
  'github-actions',
  'systemd-credential',
] as const

export type TokenForm = (typeof TOKEN_FORMS)[number]

/** A request that shows the token at work. */
export interface ExportedRequest {
  readonly url: string
  readonly method: 'GET' | 'POST'
  /** Headers that hold no secret. */
  readonly headers: readonly string[]
  /** What curl reads from standard input: the body, or the header with the token. */
  readonly input: { readonly kind: 'body' | 'header'; readonly text: string }
}

/**
 * The token in a form that can be pasted. `name` is a variable's name; the forms that know no such names take it in
 * lower case with dashes. Where a command is printed, the token goes to it by standard input: what stands on a command
 * line can be read by every process of the machine.
 */
export function renderToken(
  form: TokenForm,
  token: string,
  name: string,
  request: ExportedRequest,
): string {
  const id = name.toLowerCase().replaceAll('_', '-')
  switch (form) {
    case 'curl':
      return renderCurl(request)
    case 'env':
      return `export ${name}=${quoteWord(token)}\n`
    case 'dotenv':
      return `${name}=${quoteDotenv(token)}\n`
    case 'json':
      return `${JSON.stringify({ [name]: token }, undefined, 2)}\n`
    case 'k8s-secret':
      return renderKubernetesSecret(id, name, token)
    case 'docker-secret':
      return `printf %s ${quoteWord(token)} | docker secret create ${id} -\n`
    case 'github-actions':
      return `printf %s ${quoteWord(token)} | gh secret set ${name}\n`
    case 'systemd-credential':
      return `printf %s ${quoteWord(token)} | systemd-creds encrypt --name=${id} - /etc/credstore.encrypted/${id}\n`
  }
}

/** What to do with the text of a form, for a person; undefined where it speaks for itself. */
export function describeForm(form: TokenForm, name: string): string | undefined {
  const id = name.toLowerCase().replaceAll('_', '-')
  switch (form) {
    case 'curl':
    case 'env':
    case 'dotenv':
    case 'json':
      return undefined
    case 'k8s-secret':
      return `kubectl apply -f -, then envFrom: [{secretRef: {name: ${id}}}] in the container`
    case 'docker-secret':
      return `the container reads it from /run/secrets/${id}`
    case 'github-actions':
      return `in the workflow: env: {${name}: "\${{ secrets.${name} }}"}`
    case 'systemd-credential':
      return `in the unit: LoadCredentialEncrypted=${id}; the service reads it from $CREDENTIALS_DIRECTORY/${id}`
  }
}

function renderCurl({ url, method, headers, input }: ExportedRequest): string {
  const words = [
    'curl -sS',
    ...(method === 'POST' ? [] : ['-N']),
    ...headers.map((header) => `-H ${quoteWord(header)}`),
    input.kind === 'body' ? '--data-binary @-' : '-H @-',
    quoteWord(url),
  ]
  return `${words.join(' ')} <<'END'\n${input.text}\nEND\n`
}

function renderKubernetesSecret(id: string, name: string, token: string): string {
  return [
    'apiVersion: v1',
    'kind: Secret',
    'metadata:',
    `  name: ${id}`,
    'type: Opaque',
    'stringData:',
    `  ${name}: ${JSON.stringify(token)}`,
    '',
  ].join('\n')
}

/** A word of a POSIX shell; plain where nothing in it means anything to a shell. */
function quoteWord(text: string): string {
  return /^[\w./:=@%+-]+$/.test(text) ? text : `'${text.replaceAll("'", "'\\''")}'`
}

/** A value that every reader of env files takes as it is; single quotes keep $ and # from meaning anything. */
function quoteDotenv(text: string): string {
  if (/^[\w./:=@%+-]+$/.test(text)) return text
  return text.includes("'") ? `"${text.replace(/["\\$`]/g, '\\$&')}"` : `'${text}'`
}
