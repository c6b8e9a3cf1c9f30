// Waiting until deleted objects are gone (kubectl pkg/cmd/wait/delete.go).
import type { Status } from '../api/types.ts'
import { sleep, type Task } from '../engine/task.ts'
import type { KubeObject } from '../kinds/object.ts'
import type { Info } from './builder.ts'
import type { Context } from './context.ts'
import { CommandError, isNotFound, StatusError, throwAll } from './errors.ts'

/** The uid of what was deleted, as the server answers: with a status, or the object where that is still there. */
export const uidOf = (answer: KubeObject | Status): string =>
  ('details' in answer ? answer.details?.uid : 'uid' in answer.metadata ? answer.metadata.uid : '') ?? ''

/** `configmaps/held`, `deployments.apps/web`. */
const locationOf = ({ resource, name }: Info): string =>
  `${resource.group ? `${resource.plural}.${resource.group}` : resource.plural}/${name}`

const timedOut = (info: Info): CommandError =>
  new CommandError(`timed out waiting for the condition on ${locationOf(info)}`)

/** One after the other; another object of the same name (another uid) counts as gone. */
export function* waitForDeletion(
  ctx: Context,
  deleted: readonly { info: Info; uid: string }[],
  timeoutMs: number,
): Task {
  const errors: Error[] = []
  for (const { info, uid } of deleted) {
    const end = ctx.now + timeoutMs
    try {
      yield* gone(ctx, info, uid, end)
    } catch (error) {
      if (!(error instanceof CommandError)) throw error
      errors.push(error)
    }
  }
  throwAll(errors)
}

function* gone(ctx: Context, info: Info, uid: string, end: number): Task {
  const { resource, namespace, name } = info
  let object: KubeObject
  try {
    object = ctx.client.get(resource, namespace, name)
  } catch (error) {
    if (isNotFound(error)) return
    if (error instanceof StatusError && ['Forbidden', 'MethodNotAllowed'].includes(error.reason)) return
    throw error
  }
  if (uid && object.metadata.uid !== uid) return
  const queue = ctx.client.watch(resource, namespace, {
    fieldSelector: `metadata.name=${name}`,
    resourceVersion: object.metadata.resourceVersion!,
  })
  try {
    for (;;) {
      const event = yield* queue.next(end)
      if (!event) throw timedOut(info)
      if (event.type === 'DELETED') break
    }
  } finally {
    queue.stop()
  }
  // The informer behind the real watch takes a moment to say so.
  yield* sleep(2)
}
