// docker context ls, show, use and inspect: there is one, the daemon of this machine.
import { type Command, exactly, noArguments } from '../command.ts'
import { DockerError } from '../errors.ts'
import { formatted } from '../format.ts'
import { inspectAll } from '../inspect.ts'

const about = 'Current DOCKER_HOST based configuration'
const endpoint = 'unix:///var/run/docker.sock'
const heads = {
  Name: 'NAME',
  Description: 'DESCRIPTION',
  DockerEndpoint: 'DOCKER ENDPOINT',
  Error: 'ERROR',
  Current: 'CURRENT',
}

export const ls: Command = {
  names: ['context ls'],
  usage: '[OPTIONS]',
  arguments: noArguments,
  flags: 'format:string quiet,q',
  local: true,
  *run({ process, flags }) {
    const format = flags.text('format')
    const isTable = !format || format === 'table'
    const row = {
      Current: true,
      Description: about,
      DockerEndpoint: endpoint,
      Error: '',
      Name: isTable && !flags.is('quiet') ? 'default *' : 'default',
    }
    const columns = ['Name', 'Description', 'DockerEndpoint', 'Error']
    const listing = { heads, columns, rows: [row], type: '*formatter.clientContextContext', quiet: 'Name' }
    process.stdout.write(formatted(listing, format, flags.is('quiet')))
    return 0
  },
}

export const show: Command = {
  names: ['context show'],
  usage: '',
  arguments: noArguments,
  flags: '',
  local: true,
  *run({ process }) {
    process.stdout.write('default\n')
    return 0
  },
}

const missing = (name: string, config: string): DockerError =>
  new DockerError(
    `context ${JSON.stringify(name)}: context not found: open ${config}/contexts/meta: no such file or directory`,
  )

export const use: Command = {
  names: ['context use'],
  usage: 'CONTEXT',
  arguments: exactly(1),
  flags: '',
  local: true,
  *run({ process, config, args: [name = ''] }) {
    if (name !== 'default') throw missing(name, config)
    process.stdout.write('default\n')
    process.stderr.write('Current context is now "default"\n')
    return 0
  },
}

export const inspect: Command = {
  names: ['context inspect'],
  usage: '[OPTIONS] [CONTEXT] [CONTEXT...]',
  arguments: { least: 0 },
  flags: 'format,f:string',
  local: true,
  *run(context) {
    const { args, config } = context
    const names = args.length ? args : ['default']
    return yield* inspectAll({ ...context, args: names }, (_, name) => {
      if (name !== 'default') throw missing(name, config)
      return {
        Name: 'default',
        Metadata: {},
        Endpoints: { docker: { Host: endpoint, SkipTLSVerify: false } },
        TLSMaterial: {},
        Storage: { MetadataPath: '<IN MEMORY>', TLSPath: '<IN MEMORY>' },
      }
    })
  },
}
