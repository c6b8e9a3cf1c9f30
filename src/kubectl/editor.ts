// `kubectl edit`: the object in a file, the user's editor, and the difference as a patch (kubectl pkg/cmd/util/editor).
import { FileError } from '../engine/files.ts'
import { sleep, type Task } from '../engine/task.ts'
import type { KubeObject } from '../kinds/object.ts'
import { stringifyYaml } from '../yaml/stringify.ts'
import { type Info, infosOf } from './builder.ts'
import type { Context } from './context.ts'
import { qualifiedPlural } from './discovery.ts'
import { CommandError, SilentExit, StatusError } from './errors.ts'
import { lastApplied, lastAppliedAnnotation, updateLastApplied } from './last-applied.ts'
import { parseManifest } from './manifests.ts'
import { patchTypeOf } from './patching.ts'
import { objectName, unknownFormat, withoutManagedFields } from './print/printers.ts'
import { type Dict, isObject, jsonLine, jsonText } from './print/values.ts'
import { recordCause } from './record.ts'
import { equal, twoWayPatch } from './three-way.ts'

type Mode = 'normal' | 'last-applied'

/** Starting an editor takes a moment; so does one that is never content. */
const launchMs = 20

const banner = `# Please edit the object below. Lines beginning with a '#' will be ignored,
# and an empty file will abort the edit. If an error occurs while saving this file will be
# reopened with the relevant failures.
#
`

export function* editObjects(ctx: Context, mode: Mode): Task<number> {
  const output = ctx.flags.string('output')
  if (output && output !== 'json' && output !== 'yaml') throw unknownFormat(output, ['json', 'yaml'])
  if (ctx.flags.has('validate')) void ctx.validation
  const infos = yield* infosOf(ctx, { latest: true, continueOnError: true, allowEmptySelector: true })
  if (infos.length === 0) throw new CommandError('edit cancelled, no objects found')
  for (const info of infos) yield* editOne(ctx, info, mode)
  return 0
}

const isJson = (ctx: Context): boolean => ctx.flags.string('output') === 'json'

function* editOne(ctx: Context, info: Info, mode: Mode): Task {
  const shown = mode === 'last-applied' ? appliedOf(info) : withoutManagedFields(info.object)
  const original = isJson(ctx) ? jsonText(shown) : stringifyYaml(shown)
  let comment = banner
  let text = original
  for (let attempt = 0; ; attempt++) {
    const before = `${isJson(ctx) ? '' : comment}${text}`
    const { edited, file } = yield* openEditor(ctx, before)
    const content = withoutComments(edited)
    if (content === withoutComments(before)) {
      if (attempt === 0) {
        ctx.err('Edit cancelled, no changes made.\n')
        ctx.process.files.remove(file)
        return
      }
      keepCopy(ctx, file, `${edited}`)
      throw new CommandError('Edit cancelled, no valid changes were saved.')
    }
    if (edited && !content.trim()) {
      ctx.err('Edit cancelled, saved file was empty.\n')
      ctx.process.files.remove(file)
      return
    }
    const problem = yield* save(ctx, info, shown, content, mode, file)
    if (!problem) {
      ctx.process.files.remove(file)
      return
    }
    comment = `${banner}${problem.comment}`
    text = content
    if (problem.message) ctx.err(problem.message)
  }
}

/** `kubectl create --edit`: the object as it is to be created; undefined where it was left as it was. */
export function* editBeforeCreate(ctx: Context, object: KubeObject): Task<KubeObject | undefined> {
  const before = `${isJson(ctx) ? jsonText(object) : `${banner}${stringifyYaml(object)}`}`
  const { edited, file } = yield* openEditor(ctx, before)
  ctx.process.files.remove(file)
  const content = withoutComments(edited)
  if (content === withoutComments(before) || !content.trim()) {
    ctx.err(content.trim() ? 'Edit cancelled, no changes made.\n' : 'Edit cancelled, saved file was empty.\n')
    return undefined
  }
  const [document] = yield* parseManifest(content, 'edited-file', 'ignore')
  if (!document || 'error' in document)
    throw new CommandError(document?.error.message ?? 'the edited file holds no object')
  return document.object
}

function appliedOf({ object }: Info): object {
  const applied = lastApplied(object)
  if (applied === undefined)
    throw new CommandError(
      'no last-applied-configuration annotation found on resources, to create the annotation, use command `kubectl apply set-last-applied --create-annotation`',
    )
  return applied
}

const withoutComments = (text: string): string =>
  text
    .split('\n')
    .filter(line => !line.startsWith('#'))
    .join('\n')

function keepCopy(ctx: Context, file: string, text: string): void {
  ctx.process.files.write(file, text)
  ctx.err(`A copy of your changes has been stored to ${JSON.stringify(file)}\n`)
}

/** Runs KUBE_EDITOR, EDITOR or vi on a temporary file. */
function* openEditor(ctx: Context, text: string): Task<{ edited: string; file: string }> {
  const { process } = ctx
  const editor = process.env.get('KUBE_EDITOR') || process.env.get('EDITOR') || 'vi'
  const words = editor.split(' ').filter(Boolean)
  const file = `/tmp/kubectl-edit-${Math.floor(process.engine.random.float() * 1e10)}.${isJson(ctx) ? 'json' : 'yaml'}`
  process.files.mkdir('/tmp', { parents: true })
  const isWindows = ctx.flags.bool('windows-line-endings')
  process.files.write(file, isWindows ? text.replaceAll('\n', '\r\n') : text)
  const problem = new CommandError(`there was a problem with the editor ${JSON.stringify(editor)}`)
  const [word = ''] = words
  // Quotes are the shell's to read, and so are scripts.
  const throughShell = / .*["'\\]/.test(editor) || word.includes('/')
  if (word.includes('/') && !process.files.exists(ctx.file(word))) throw problem
  yield* sleep(launchMs)
  const program = process.find(throughShell ? 'bash' : word)
  if (!program) throw new CommandError(`unable to launch the editor ${JSON.stringify(editor)}`)
  const argv = throughShell ? ['bash', '-c', `${editor} ${file}`] : [...words, file]
  if ((yield* program({ ...process, argv })) !== 0) throw problem
  try {
    const edited = process.files.read(file)
    return { edited: isWindows ? edited.replaceAll('\r\n', '\n') : edited, file }
  } catch (error) {
    if (error instanceof FileError) throw new CommandError(`open ${file}: ${error.reason.toLowerCase()}`)
    throw error
  }
}

interface Problem {
  readonly comment: string
  readonly message: string
}

/** Sends the change; a refusal goes back into the file as a comment. */
function* save(
  ctx: Context,
  info: Info,
  shown: object,
  content: string,
  mode: Mode,
  file: string,
): Task<Problem | undefined> {
  const [document] = yield* parseManifest(content, 'edited-file', 'ignore')
  const subject = `${qualifiedPlural(info.resource)} ${JSON.stringify(info.name)}`
  if (!document || 'error' in document) {
    const comment = commentOf(
      `The edited file had a syntax error: ${document?.error.message ?? 'it holds no object'}`,
    )
    return { comment: `${comment}#\n`, message: `error: ${subject} is invalid\n` }
  }
  const edited = document.object
  const identity = (object: object) => {
    const { apiVersion, kind, metadata }: Dict = { ...object }
    return [apiVersion, kind, isObject(metadata) ? metadata.name : ''].join()
  }
  if (identity(edited) !== identity(shown)) {
    keepCopy(ctx, file, content)
    throw new CommandError('At least one of apiVersion, kind and name was changed')
  }
  if (equal(edited, shown)) {
    ctx.err('Edit cancelled, no changes made.\n')
    return undefined
  }
  try {
    const object =
      mode === 'last-applied' ? saveApplied(ctx, info, edited) : savePatch(ctx, info, shown, edited)
    // -o is the format of the file alone.
    ctx.line(`${objectName(object)} edited`)
    return undefined
  } catch (error) {
    if (!(error instanceof StatusError)) throw error
    if (error.reason === 'NotFound') {
      ctx.err(`error: ${subject} could not be found on the server\n`)
      throw new SilentExit(1)
    }
    const invalid = error.reason === 'Invalid'
    const causes = error.status.details?.causes ?? []
    const reasons = invalid ? causes.map(c => `* ${c.field}: ${c.message}`) : [`* ${error.message}`]
    const message = invalid
      ? `error: ${subject} is invalid\n`
      : `error: ${subject} could not be patched: ${error.message}\nYou can run \`kubectl replace -f ${file}\` to try this update again.\n`
    return { comment: `${commentOf([`${subject} was not valid:`, ...reasons].join('\n'))}#\n`, message }
  }
}

const commentOf = (text: string): string =>
  text
    .split('\n')
    .map(line => `# ${line}\n`)
    .join('')

function savePatch(ctx: Context, info: Info, shown: object, edited: KubeObject): KubeObject {
  const { resource, namespace, name } = info
  // Without --save-config the annotation stays as it is.
  const saved = ctx.flags.has('save-config') && ctx.flags.bool('save-config')
  const changed = recordCause(ctx, saved ? updateLastApplied(edited, true) : edited)
  const patch = twoWayPatch(resource.schema, shown, changed)
  if (ctx.flags.has('output-patch') && ctx.flags.bool('output-patch')) ctx.line(`Patch: ${jsonLine(patch)}`)
  return ctx.client.patch(
    resource,
    namespace,
    name,
    patchTypeOf(resource),
    patch,
    ctx.writeQuery(),
    ctx.flags.has('subresource') ? ctx.flags.string('subresource') : '',
  )
}

function saveApplied(ctx: Context, info: Info, edited: KubeObject): KubeObject {
  const { resource, namespace, name } = info
  const annotations = { [lastAppliedAnnotation]: `${jsonLine(edited)}\n` }
  return ctx.client.patch(resource, namespace, name, 'merge', { metadata: { annotations } }, ctx.writeQuery())
}
