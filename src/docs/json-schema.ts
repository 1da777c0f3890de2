/** A JSON Schema of draft-07, as far as it is written here. */
export type JsonSchema = Readonly<Record<string, unknown>>

/** An object with these members and no others; a name that ends in `?` may be absent. */
export function record(members: Readonly<Record<string, JsonSchema>>, says?: string): JsonSchema {
  const names = Object.keys(members)
  const properties = Object.entries(members).map(([name, each]) => [name.replace('?', ''), each])
  return {
    ...(says !== undefined && { description: says }),
    type: 'object',
    properties: Object.fromEntries(properties),
    required: names.filter((name) => !name.endsWith('?')),
    additionalProperties: false,
  }
}

/** An object that others write: its members may all be absent, and what else it has does not count. */
export function openRecord(members: Readonly<Record<string, JsonSchema>>): JsonSchema {
  return { type: 'object', properties: members }
}

/** Text. */
export function text(description: string, rest: JsonSchema = {}): JsonSchema {
  return { description, type: 'string', ...rest }
}

/** One of the texts `values`. */
export function choice(description: string, values: readonly string[]): JsonSchema {
  return { description, type: 'string', enum: values }
}

/** True or false. */
export function flag(description: string): JsonSchema {
  return { description, type: 'boolean' }
}

/** A whole number from `minimum` on. */
export function count(description: string, minimum = 0): JsonSchema {
  return { description, type: 'integer', minimum }
}

/** Any number of `items`. */
export function list(description: string, items: JsonSchema): JsonSchema {
  return { description, type: 'array', items }
}

/** An object that holds `values` under names that are not known before. */
export function map(description: string, values: JsonSchema): JsonSchema {
  return { description, type: 'object', additionalProperties: values }
}

/** `schema`, or null. */
export function nullable(schema: JsonSchema): JsonSchema {
  const { type, enum: values } = schema
  const either = { ...schema, type: [type, 'null'] }
  return Array.isArray(values) ? { ...either, enum: [...values, null] } : either
}

/** The shared definition `name`. */
export function part(name: string): JsonSchema {
  return { $ref: `#/definitions/${name}` }
}

/** A whole schema, with those of `parts` that it refers to, also by way of others. */
export function publish(
  title: string,
  schema: JsonSchema,
  parts: Readonly<Record<string, JsonSchema>>,
): JsonSchema {
  const used = new Set<string>()
  const waiting = [schema]
  for (let next = waiting.pop(); next !== undefined; next = waiting.pop())
    for (const [, name = ''] of JSON.stringify(next).matchAll(/"#\/definitions\/(\w+)"/g)) {
      const found = parts[name]
      if (used.has(name) || found === undefined) continue
      used.add(name)
      waiting.push(found)
    }
  const definitions = Object.entries(parts).filter(([name]) => used.has(name))
  return {
    $schema: 'http://json-schema.org/draft-07/schema#',
    title,
    ...schema,
    ...(definitions.length > 0 && { definitions: Object.fromEntries(definitions) }),
  }
}

const LINE_WIDTH = 100

/** JSON as the formatter of this repository writes it: a list of plain values on one line where it fits. */
export function formatJson(document: JsonSchema): string {
  return JSON.stringify(document, undefined, 2).replace(
    /^( *)(.*)\[\n\s+([^[\]{}]*?)\n\s+\](,?)$/gm,
    (whole, indent: string, head: string, items: string, comma: string) => {
      const line = `${indent}${head}[${items.replace(/,\n\s+/g, ', ')}]${comma}`
      return line.length > LINE_WIDTH ? whole : line
    },
  )
}
