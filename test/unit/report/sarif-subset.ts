const text = {
  type: 'object',
  required: ['text'],
  properties: {
    text: { type: 'string', minLength: 1, maxLength: 1024 },
    markdown: { type: 'string', minLength: 1 },
  },
  additionalProperties: false,
} as const

const position = { type: 'integer', minimum: 1 } as const

const physicalLocation = {
  type: 'object',
  required: ['artifactLocation', 'region'],
  properties: {
    artifactLocation: {
      type: 'object',
      required: ['uri'],
      properties: { uri: { type: 'string', pattern: '^[^\\s\\\\:]+$' } },
      additionalProperties: false,
    },
    region: {
      type: 'object',
      required: ['startLine', 'startColumn', 'endLine', 'endColumn'],
      properties: {
        startLine: position,
        startColumn: position,
        endLine: position,
        endColumn: position,
      },
      additionalProperties: false,
    },
  },
  additionalProperties: false,
} as const

/** SARIF 2.1.0 §3 as far as we write it, with what GitHub code scanning asks for beyond the standard. */
export const SARIF_SUBSET = {
  type: 'object',
  required: ['$schema', 'version', 'runs'],
  properties: {
    $schema: { const: 'https://json.schemastore.org/sarif-2.1.0.json' },
    version: { const: '2.1.0' },
    runs: {
      type: 'array',
      minItems: 1,
      maxItems: 1,
      items: {
        type: 'object',
        required: ['tool', 'results'],
        properties: {
          tool: {
            type: 'object',
            required: ['driver'],
            properties: {
              driver: {
                type: 'object',
                required: ['name', 'rules'],
                properties: {
                  name: { const: 'resonate-auth' },
                  semanticVersion: { type: 'string', pattern: '^\\d+\\.\\d+\\.\\d+' },
                  rules: {
                    type: 'array',
                    uniqueItems: true,
                    items: {
                      type: 'object',
                      required: [
                        'id',
                        'name',
                        'shortDescription',
                        'fullDescription',
                        'help',
                        'properties',
                      ],
                      properties: {
                        id: { type: 'string', pattern: '^RA\\d{3}$' },
                        name: { type: 'string', maxLength: 255 },
                        shortDescription: text,
                        fullDescription: text,
                        help: text,
                        helpUri: { type: 'string', pattern: '^https://' },
                        defaultConfiguration: {
                          type: 'object',
                          properties: { level: { enum: ['note', 'warning', 'error'] } },
                          additionalProperties: false,
                        },
                        properties: {
                          type: 'object',
                          required: ['tags', 'precision'],
                          properties: {
                            tags: { type: 'array', items: { type: 'string' }, maxItems: 20 },
                            precision: { enum: ['very-high', 'high', 'medium', 'low'] },
                            'problem.severity': { enum: ['error', 'warning', 'recommendation'] },
                            'security-severity': {
                              type: 'string',
                              pattern: '^(?:\\d\\.\\d|10\\.0)$',
                            },
                          },
                          additionalProperties: false,
                        },
                      },
                      additionalProperties: false,
                    },
                  },
                },
                additionalProperties: false,
              },
            },
            additionalProperties: false,
          },
          columnKind: { const: 'utf16CodeUnits' },
          automationDetails: {
            type: 'object',
            properties: { id: { type: 'string', pattern: '/$' } },
            additionalProperties: false,
          },
          invocations: {
            type: 'array',
            items: {
              type: 'object',
              required: ['executionSuccessful'],
              properties: { executionSuccessful: { type: 'boolean' } },
              additionalProperties: false,
            },
          },
          results: {
            type: 'array',
            items: {
              type: 'object',
              required: [
                'ruleId',
                'ruleIndex',
                'level',
                'message',
                'locations',
                'partialFingerprints',
              ],
              properties: {
                ruleId: { type: 'string', pattern: '^RA\\d{3}$' },
                ruleIndex: { type: 'integer', minimum: 0 },
                level: { enum: ['note', 'warning', 'error'] },
                message: text,
                locations: {
                  type: 'array',
                  minItems: 1,
                  items: {
                    type: 'object',
                    required: ['physicalLocation'],
                    properties: {
                      physicalLocation,
                      logicalLocations: {
                        type: 'array',
                        items: {
                          type: 'object',
                          properties: {
                            fullyQualifiedName: { type: 'string', minLength: 1 },
                            kind: { const: 'member' },
                          },
                          additionalProperties: false,
                        },
                      },
                    },
                    additionalProperties: false,
                  },
                },
                relatedLocations: {
                  type: 'array',
                  items: {
                    type: 'object',
                    properties: { physicalLocation, message: text },
                    additionalProperties: false,
                  },
                },
                partialFingerprints: { type: 'object', additionalProperties: { type: 'string' } },
                fixes: { type: 'array', minItems: 1, items: { type: 'object' } },
                properties: { type: 'object' },
              },
              additionalProperties: false,
            },
          },
        },
        additionalProperties: false,
      },
    },
  },
  additionalProperties: false,
} as const
