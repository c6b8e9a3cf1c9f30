// What `kubectl debug --profile` and `--custom` make of a debugging container and of the pod around it
// (kubectl pkg/cmd/debug/profiles.go).
import { strategicMergePatch } from '../api/patch/strategic.ts'
import { FileError } from '../engine/files.ts'
import type { Container, Pod, SecurityContext } from '../kinds/schema/types.ts'
import { structType } from '../kinds/schema.ts'
import { parseYaml } from '../yaml/parse.ts'
import type { Context } from './context.ts'
import { CommandError } from './errors.ts'
import { type Dict, isObject } from './print/values.ts'

/** A pod that is about to be sent. */
export type NewPod = Omit<Pod, 'status'>

/** What is debugged: a node, a pod by a copy of it, or a pod from within. */
export type DebugStyle = 'node' | 'copy' | 'ephemeral'

const profiles = ['legacy', 'general', 'baseline', 'netadmin', 'restricted', 'sysadmin'] as const
type Profile = (typeof profiles)[number]

export function checkProfile(name: string): void {
  if (!profiles.includes(name as Profile)) throw new CommandError(`unknown profile: ${name}`)
}

/** Changes a pod that is about to be sent, and in it the container of that name (one of `list`). */
export function applyProfile(
  ctx: Context,
  pod: NewPod,
  list: Container[],
  name: string,
  style: DebugStyle,
): void {
  const profile = ctx.flags.string('profile') as Profile
  const container = list.find(each => each.name === name)!
  secure(profile, style, container)
  if (style === 'node') openNode(profile, pod, container)
  if (style === 'copy') {
    strip(ctx, profile, pod)
    if (profile !== 'legacy') pod.spec.shareProcessNamespace ??= true
  }
}

function secure(profile: Profile, style: DebugStyle, container: Container): void {
  const context = (): SecurityContext => {
    container.securityContext ??= {}
    return container.securityContext
  }
  const add = (...names: string[]) => {
    const capabilities = (context().capabilities ??= {})
    capabilities.add = [...(capabilities.add ?? []), ...names]
  }
  switch (profile) {
    case 'general':
      if (style === 'node') delete container.securityContext
      else add('SYS_PTRACE')
      break
    case 'baseline':
      delete container.securityContext
      break
    case 'netadmin':
      add('NET_ADMIN', 'NET_RAW')
      break
    case 'sysadmin':
      context().privileged = true
      break
    case 'restricted':
      container.securityContext = {
        allowPrivilegeEscalation: false,
        capabilities: { drop: ['ALL'] },
        runAsNonRoot: true,
        seccompProfile: { type: 'RuntimeDefault' },
      }
  }
}

/** The node's namespaces, and its files at /host. */
function openNode(profile: Profile, pod: NewPod, container: Container): void {
  if (profile === 'baseline' || profile === 'restricted') return
  Object.assign(pod.spec, { hostIPC: true, hostNetwork: true, hostPID: true })
  if (profile === 'netadmin') return
  pod.spec.volumes = [{ hostPath: { path: '/' }, name: 'host-root' }]
  container.volumeMounts = [{ mountPath: '/host', name: 'host-root' }]
}

/** A copy is no part of what the pod belonged to, and is not restarted while somebody looks: `--keep-…` keeps more. */
function strip({ flags }: Context, profile: Profile, { metadata, spec }: NewPod): void {
  if (profile === 'legacy') {
    delete metadata.labels
    return
  }
  if (!flags.bool('keep-labels')) delete metadata.labels
  if (!flags.bool('keep-annotations')) delete metadata.annotations
  if (!flags.bool('keep-init-containers')) delete spec.initContainers
  for (const container of spec.containers) {
    if (!flags.bool('keep-liveness')) delete container.livenessProbe
    if (!flags.bool('keep-readiness')) delete container.readinessProbe
    if (!flags.bool('keep-startup')) delete container.startupProbe
  }
}

/** The part of a container that `--custom` names; undefined where it names none. */
export function readCustom(ctx: Context): Record<string, unknown> | undefined {
  const path = ctx.flags.string('custom')
  if (!path) return undefined
  let text: string
  try {
    text = ctx.process.files.read(ctx.file(path))
  } catch (error) {
    if (!(error instanceof FileError)) throw error
    throw new CommandError(
      `must pass a container spec json file for custom profile: open ${path}: ${error.reason.toLowerCase()}`,
    )
  }
  const broken = (why: string) => new CommandError(`${path} does not contain a valid container spec: ${why}`)
  let custom: unknown
  try {
    custom = parseYaml(text)
  } catch (error) {
    throw broken(error instanceof Error ? error.message : String(error))
  }
  if (!isObject(custom)) throw broken('it is no object')
  const fixed = ['name', 'command', 'image', 'lifecycle', 'volumeDevices']
  const sets = (value: unknown) => (Array.isArray(value) ? value.length > 0 : Boolean(value))
  if (fixed.some(field => sets(custom[field])))
    throw new CommandError(
      'name, command, image, lifecycle and volume devices are not modifiable via custom profile',
    )
  return custom
}

/** Merges it into the container of that name, as a strategic merge patch does. */
export function applyCustom(
  custom: Record<string, unknown> | undefined,
  list: Container[],
  name: string,
): void {
  const at = list.findIndex(each => each.name === name)
  const type = structType('io.k8s.api.core.v1.Container')
  if (custom && type)
    list[at] = strategicMergePatch({ ...list[at] }, { ...custom, name }, type) as Dict & Container
}
