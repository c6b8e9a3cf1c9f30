// Images that are tools: boxes of network tools, programs that load a machine, and the one that says hello and ends.
import type { Process, Program } from '../../engine/process.ts'
import { Interrupt, sleep } from '../../engine/task.ts'
import { dig } from '../programs/dig.ts'
import { alpine, debian } from './bases.ts'
import { bashExecutable } from './busybox.ts'
import { curlProgram } from './curl.ts'
import { flag } from './flag.ts'
import type { ImageMaker } from './image.ts'

/** Names of boxes whose container starts a shell; the others wait, so that somebody can come in. */
const waits = /dnsutils|multitool|network-utils/

const forever: Program = function* () {
  yield* sleep(Number.MAX_SAFE_INTEGER)
  return 0
}

export const toolbox: ImageMaker = ({ repository }) => {
  const name = repository.split('/').at(-1)!
  const isKubectl = /kubectl|k8s$/.test(name)
  return {
    ...(/dnsutils|minideb|utils$/.test(name) ? debian() : alpine()),
    programs: {
      ...curlProgram('/usr/bin/curl', '8.14.1'),
      '/bin/bash': bashExecutable,
      '/usr/bin/dig': { run: dig },
      '/usr/local/bin/wait': { run: forever, handlesSignals: true },
      ...(isKubectl && { '/usr/local/bin/kubectl': { run: noKubectl } }),
    },
    ...(isKubectl
      ? { entrypoint: ['/usr/local/bin/kubectl'] }
      : { cmd: [waits.test(name) ? '/usr/local/bin/wait' : name === 'netshoot' ? 'zsh' : '/bin/sh'] }),
    ...(name === 'netshoot' && { cmd: ['/bin/bash'] }),
  }
}

/** kubectl within a pod needs more of this world than a container has; curl reaches the API with the pod's token. */
const noKubectl: Program = function* ({ stderr }) {
  stderr.write(
    "This simulator runs no kubectl inside of containers. The API answers curl with the pod's token: https://kubernetes.default.svc\n",
  )
  return 1
}

/** `256M`, `1G` */
const bytesOf = (text: string): number => {
  const [, number = '0', unit = ''] = /^(\d+)([kmgKMG]?)/.exec(text) ?? []
  return Number(number) * ({ k: 1024, m: 1024 ** 2, g: 1024 ** 3 }[unit.toLowerCase()] ?? 1)
}

/** stress: takes as much memory as it is told, bit by bit, and keeps it. */
const stressProgram: Program = function* (process: Process) {
  const { argv, engine, stdout, stderr } = process
  const args = argv.slice(1)
  const named = (...names: string[]) => flag(args, ...names)
  const bytes = bytesOf(named('vm-bytes', 'mem-total', 'm') ?? '0') * Math.max(1, Number(named('vm') ?? 1))
  const seconds = Number(/^(\d+)/.exec(named('timeout', 't') ?? '')?.[1] ?? 0)
  const workers = ['cpu', 'io', 'vm', 'hdd'].map(name => `${named(name) ?? 0} ${name}`)
  if (!args.length) {
    stderr.write(
      "`stress' imposes certain types of compute stress on your system\n\nUsage: stress [OPTION [ARG]] ...\n",
    )
    return 0
  }
  stdout.write(`stress: info: [1] dispatching hogs: ${workers.join(', ')}\n`)
  const started = engine.now
  const pieces = 8
  if (bytes)
    for (let i = 0; i < pieces; i++) {
      process.takeMemory?.(bytes / pieces)
      yield* sleep(100)
    }
  try {
    yield* sleep(seconds ? Math.max(0, started + seconds * 1000 - engine.now) : Number.MAX_SAFE_INTEGER)
  } catch (error) {
    if (!(error instanceof Interrupt)) throw error
    return 1
  }
  stdout.write(`stress: info: [1] successful run completed in ${seconds}s\n`)
  return 0
}

export const stress: ImageMaker = ({ repository }) => {
  const path = `/usr/bin/${repository.split('/').at(-1)!.replace('cpustress', 'stress')}`
  const executable = { run: stressProgram, handlesSignals: true }
  return {
    ...debian(),
    programs: { [path]: executable, '/usr/bin/stress': executable, '/stress': executable },
    // polinux/stress leaves the command to the manifest.
    ...(/polinux/.test(repository) ? { cmd: ['stress'] } : { entrypoint: [path] }),
  }
}

export const helloWorld: ImageMaker = () => ({
  programs: {
    '/hello': {
      *run({ stdout }) {
        stdout.write(
          '\nHello from Docker!\nThis message shows that your installation appears to be working correctly.\n\nFor more examples and ideas, visit:\n https://docs.docker.com/get-started/\n\n',
        )
        return 0
      },
    },
  },
  cmd: ['/hello'],
})
