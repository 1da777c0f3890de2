import { posix } from 'node:path'
import { assembleContainer, type Image } from './container.ts'
import type { Deployment } from './deployment.ts'
import { type Instruction, readDockerfileLines } from './dockerfile-lines.ts'
import { expandDockerWord, splitDockerWords } from './dockerfile-words.ts'
import { type Assignment, findAssigned } from './environment.ts'
import { type BuildOptions, ImageBuild, readArguments } from './image-build.ts'
import type { Passage } from './passage.ts'
import { errorAt, type FileLookup, placeAt, type SourceText } from './source-text.ts'

interface Stage {
  readonly name: string | undefined
  readonly base: Passage
  readonly parent: Stage | undefined
  readonly instructions: Instruction[]
}

/**
 * The image a Dockerfile builds, as far as it decides how the server is started: ENV, ARG, WORKDIR, ENTRYPOINT, CMD and
 * COPY of the target stage and the stages it is built from. Throws AuthError for a file without such a stage.
 */
export function readImage(source: SourceText, options: BuildOptions): Image {
  const { instructions, escapeUnit } = readDockerfileLines(source)
  const globals = new Map<string, Assignment>()
  const stages = splitStages(instructions, globals, { ...options, escapeUnit })
  const target = options.target
  const found =
    target === undefined
      ? stages.at(-1)
      : stages.find(({ name }, at) => name === target.toLowerCase() || String(at) === target)
  if (found === undefined)
    throw errorAt(
      source,
      0,
      target === undefined ? 'no FROM in the Dockerfile' : `there is no stage "${target}"`,
    )
  const chain: Stage[] = []
  for (let stage: Stage | undefined = found; stage !== undefined; stage = stage.parent)
    chain.unshift(stage)
  const build = new ImageBuild(chain[0]?.base ?? found.base, escapeUnit, globals, options)
  for (const stage of chain) {
    build.beginStage()
    for (const instruction of stage.instructions) build.apply(instruction)
  }
  return build.image()
}

/** How the server of a Dockerfile is started. The build context is the Dockerfile's directory. */
export function readDockerfile(
  source: SourceText,
  target: string | undefined,
  host: FileLookup,
): Deployment {
  const context = posix.dirname(source.file)
  const image = readImage(source, {
    args: new Map(),
    context,
    ...(target === undefined ? {} : { target }),
  })
  return assembleContainer(
    {
      name: target ?? 'the last stage',
      image,
      place: placeAt(source, 0, 0),
      entrypoint: undefined,
      command: undefined,
      assignments: [],
      open: false,
      cwd: undefined,
      mounts: [],
      notes: [],
    },
    host,
  )
}

function splitStages(
  instructions: readonly Instruction[],
  globals: Map<string, Assignment>,
  options: BuildOptions & { readonly escapeUnit: string },
): Stage[] {
  const stages: Stage[] = []
  const byName = new Map<string, Stage>()
  const { escapeUnit } = options
  const scope = { escapeUnit, find: (name: string) => findAssigned(globals, name) }
  for (const instruction of instructions) {
    if (instruction.keyword === 'FROM') {
      const words = splitDockerWords(instruction.rest, escapeUnit).filter(
        ({ text }) => !text.startsWith('--'),
      )
      const [image, as, name] = words.map((word) => expandDockerWord(word, scope))
      if (image === undefined) continue
      const stage: Stage = {
        name: as?.text.toLowerCase() === 'as' ? name?.text.toLowerCase() : undefined,
        base: image,
        parent: byName.get(image.text.toLowerCase()),
        instructions: [],
      }
      stages.push(stage)
      if (stage.name !== undefined) byName.set(stage.name, stage)
    } else if (stages.length > 0) {
      stages.at(-1)?.instructions.push(instruction)
    } else if (instruction.keyword === 'ARG') {
      for (const argument of readArguments(instruction.rest, scope, options.args, globals))
        globals.set(argument.name, argument)
    }
  }
  return stages
}
