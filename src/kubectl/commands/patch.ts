// kubectl patch.
import { ApiError } from '../../api/errors.ts'
import { jsonPatch } from '../../api/patch/json-patch.ts'
import { mergePatch } from '../../api/patch/merge.ts'
import { FileError } from '../../engine/files.ts'
import type { KubeObject } from '../../kinds/object.ts'
import { parseYaml } from '../../yaml/parse.ts'
import { build } from '../builder.ts'
import type { PatchType } from '../client.ts'
import {
  type Command,
  dryRunFlag,
  fileFlags,
  managerFlag,
  printFlags,
  recordDeprecated,
  recordFlag,
} from '../command.ts'
import type { Context } from '../context.ts'
import { CommandError, StatusError, throwAll } from '../errors.ts'
import { forEach, patchLocally } from '../patching.ts'
import { makePrinter } from '../print/printers.ts'
import { isObject } from '../print/values.ts'
import { recordCause } from '../record.ts'
import { equal } from '../three-way.ts'

const types = ['json', 'merge', 'strategic']

export const patch: Command = {
  name: 'patch',
  flags: `${printFlags}${fileFlags}${dryRunFlag}${recordFlag}${managerFlag('kubectl-patch')}local patch,p:s patch-file:s
    subresource:s type:s=strategic`,
  deprecated: recordDeprecated,
  *run(ctx) {
    const { flags } = ctx
    const body = readPatch(ctx)
    const type = (flags.string('type').toLowerCase() || 'strategic') as PatchType
    const subresource = flags.string('subresource')
    const local = flags.bool('local')
    const built = yield* build(ctx, { continueOnError: true, subresource, local })
    const errors: Error[] = [...built.errors]
    let count = 0
    forEach(built.infos, errors, info => {
      count++
      const { resource, namespace, name, object } = info
      const { managedFields: _, ...meta } = object.metadata
      let patched: KubeObject
      if ((local || ctx.dryRun === 'client') && type !== 'json' && !isObject(body))
        throw new CommandError(type === 'merge' ? 'Invalid JSON Patch' : 'invalid JSON document')
      if (local || ctx.dryRun === 'client') {
        patched =
          type === 'json'
            ? patchWithOperations(object, body)
            : type === 'merge'
              ? (mergePatch(object, body) as KubeObject)
              : patchLocally(resource, object, body as object)
      } else {
        patched = ctx.client.patch(resource, namespace, name, type, body, ctx.writeQuery(), subresource)
        if (flags.bool('record')) {
          const { annotations } = recordCause(ctx, patched).metadata
          patched = ctx.client.patch(
            resource,
            namespace,
            name,
            'merge',
            { metadata: { annotations } },
            ctx.writeQuery(),
          )
        }
      }
      const { managedFields: __, ...patchedMeta } = patched.metadata
      const same = equal({ ...object, metadata: meta }, { ...patched, metadata: patchedMeta })
      makePrinter(ctx, { operation: same ? 'patched (no change)' : 'patched' })(patched)
    })
    throwAll(errors)
    if (count === 0) throw new CommandError('no objects passed to patch')
    return 0
  },
}

/** `--type=json` without the server: its words, as kubectl's own. */
function patchWithOperations(object: KubeObject, body: unknown): KubeObject {
  try {
    return jsonPatch(object, body) as KubeObject
  } catch (error) {
    if (error instanceof ApiError) throw new CommandError(error.message)
    throw error
  }
}

function readPatch(ctx: Context): unknown {
  const { flags } = ctx
  const [inline, file] = [flags.string('patch'), flags.string('patch-file')]
  if (inline && file) throw new CommandError('cannot specify --patch and --patch-file together')
  if (!inline && !file)
    throw new CommandError('must specify --patch or --patch-file containing the contents of the patch')
  const local = flags.bool('local')
  if (local && ctx.args.length) throw new CommandError('cannot specify --local and server resources')
  if (local && ctx.dryRun === 'server')
    throw new CommandError('cannot specify --local and --dry-run=server - did you mean --dry-run=client?')
  const type = flags.string('type')
  if (type && !types.includes(type.toLowerCase()))
    throw new CommandError(`--type must be one of [${types.join(' ')}], not ${JSON.stringify(type)}`)
  let text = inline
  if (file)
    try {
      text = ctx.process.files.read(ctx.file(file))
    } catch (error) {
      if (error instanceof FileError)
        throw new CommandError(`unable to read patch file: open ${file}: ${error.reason.toLowerCase()}`)
      throw error
    }
  // JSON is the server's to read; YAML is made JSON here (util/yaml.ToJSON).
  if (/^\s*\{/.test(text) && !local && ctx.dryRun !== 'client') return text
  try {
    const patch = parseYaml(text)
    // A text would be taken for JSON that is written already.
    return typeof patch === 'string' ? JSON.stringify(patch) : patch
  } catch (error) {
    if (error instanceof StatusError || !(error instanceof Error)) throw error
    throw new CommandError(`unable to parse ${JSON.stringify(inline)}: ${error.message}`)
  }
}
