// Where crictl finds the runtime: by its flags, its environment or its file; and what it says where nothing answers.
import type { Process } from '../../../engine/process.ts'
import type { Kubelet } from '../../kubelet.ts'
import type { CommandName } from './commands.ts'
import type { Config } from './config.ts'
import type { Options } from './flags.ts'
import { Fatal, told } from './runtime.ts'

const socket = 'unix:///run/containerd/containerd.sock'
const usual = `[${socket} unix:///run/crio/crio.sock unix:///var/run/cri-dockerd.sock]`

type Service = 'runtime' | 'image'

const forImages: readonly CommandName[] = ['images', 'inspecti', 'imagefsinfo', 'pull', 'rmi']
const forBoth: readonly CommandName[] = ['ps', 'inspect', 'exec']

/** In the order in which it connects to them. */
function services(command: CommandName): readonly Service[] {
  if (command === 'config') return []
  if (forImages.includes(command)) return ['image']
  return forBoth.includes(command) ? ['runtime', 'image'] : ['runtime']
}

/** Throws Fatal where what answers there is not this node's runtime, or not for this user. */
export function connect(
  process: Process,
  { runtimeService }: Kubelet,
  command: CommandName,
  options: Options,
  config: Config | undefined,
): void {
  const { env, identity, stderr } = process
  const asked = (flag: string, variable: string): string | undefined =>
    (options.isGiven(flag) ? options.text(flag) : env.get(variable)) ?? (config?.get(flag) || undefined)
  const runtime = asked('runtime-endpoint', 'CONTAINER_RUNTIME_ENDPOINT')
  const endpoints = { runtime, image: asked('image-endpoint', 'IMAGE_SERVICE_ENDPOINT') || runtime }
  for (const service of services(command)) {
    const endpoint = endpoints[service]
    if (endpoint === '') throw new Fatal(`--${service}-endpoint is not set`)
    const whole = endpoint?.startsWith('/') ? `unix://${endpoint}` : (endpoint ?? socket)
    const isHere = whole === socket && runtimeService.active
    // The socket is root's alone.
    if (identity && identity.uid !== 0 && isHere) throw refused(service, whole, 'permission denied')
    if (!isHere) throw refused(service, endpoint ?? socket, 'no such file or directory')
    if (endpoint === undefined)
      stderr.write(
        told(
          process,
          'warning',
          `${service === 'image' ? 'Image' : service} connect using default endpoints: ${usual}. As the default settings are now deprecated, you should set the endpoint instead.`,
        ),
      )
  }
}

const refused = (service: Service, endpoint: string, why: string): Fatal =>
  new Fatal(
    `validate service connection: validate CRI v1 ${service} API for endpoint "${endpoint}": rpc error: code = Unavailable desc = connection error: desc = "transport: Error while dialing: dial unix ${endpoint.replace('unix://', '')}: connect: ${why}"`,
  )
