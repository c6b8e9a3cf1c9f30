// docker version: the client's and the daemon's, with what the daemon stands on.

import { Template } from '../../kubectl/print/go-template.ts'
import { TemplateError } from '../../kubectl/print/go-template-parser.ts'
import { jsonLine } from '../../kubectl/print/values.ts'
import { type Command, noArguments } from '../command.ts'
import { DockerError } from '../errors.ts'
import { functions, templateFault } from '../format.ts'
import { version as release } from '../release.ts'

const client = {
  Version: release.client,
  APIVersion: release.api,
  DefaultAPIVersion: release.api,
  GitCommit: release.commit,
  GoVersion: release.clientGo,
  Os: 'linux',
  Arch: 'amd64',
  BuildTime: release.clientBuilt,
  Context: 'default',
}

const engine = {
  'API version': `${release.api} (minimum version ${release.leastApi})`,
  Arch: 'amd64',
  BuildTime: release.serverBuilt,
  Experimental: 'false',
  'Git commit': release.serverCommit,
  GoVersion: release.serverGo,
  MinAPIVersion: release.leastApi,
  Os: 'linux',
}

const server = {
  Platform: { Name: '' },
  Version: release.client,
  APIVersion: release.api,
  MinAPIVersion: release.leastApi,
  Os: 'linux',
  Arch: 'amd64',
  Experimental: false,
  BuildTime: release.serverBuilt,
  GitCommit: release.serverCommit,
  GoVersion: release.serverGo,
  Components: [
    { Name: 'Engine', Version: release.client, Details: engine },
    { Name: 'containerd', Version: release.containerd, Details: { GitCommit: release.containerdCommit } },
    { Name: 'runc', Version: release.runc, Details: { GitCommit: release.runcCommit } },
  ],
}

const clientText = `Client:
 Version:           ${release.client}
 API version:       ${release.api}
 Go version:        ${release.clientGo}
 Git commit:        ${release.commit}
 Built:             ${release.clientBuilt}
 OS/Arch:           linux/amd64
 Context:           default
`

const serverText = `
Server:
 Engine:
  Version:          ${release.client}
  API version:      ${release.api} (minimum version ${release.leastApi})
  Go version:       ${release.serverGo}
  Git commit:       ${release.serverCommit}
  Built:            ${release.serverBuilt}
  OS/Arch:          linux/amd64
  Experimental:     false
 containerd:
  Version:          ${release.containerd}
  GitCommit:        ${release.containerdCommit}
 runc:
  Version:          ${release.runc}
  GitCommit:        ${release.runcCommit}
`

export const version: Command = {
  names: ['version'],
  usage: '[OPTIONS]',
  arguments: noArguments,
  flags: 'format,f:string',
  *run({ process, daemon, flags }) {
    const { stdout } = process
    const format = flags.text('format')
    let reached: DockerError | undefined
    try {
      yield* daemon.call(process, `/v${release.api}/version`)
    } catch (error) {
      if (!(error instanceof DockerError)) throw error
      reached = error
    }
    const all = { Client: client, Server: reached ? null : server }
    if (format === 'json') stdout.write(`${jsonLine(all)}\n`)
    else if (format) stdout.write(`${filled(format, all, text => stdout.write(text))}\n`)
    else stdout.write(reached ? clientText : clientText + serverText)
    if (reached) throw reached
    return 0
  },
}

function filled(text: string, all: object, write: (text: string) => void): string {
  try {
    return new Template(text, { functions, type: 'system.versionInfo' }).run(all)
  } catch (error) {
    if (!(error instanceof TemplateError)) throw error
    if (error.message.includes('executing')) {
      write('\n')
      throw new DockerError(templateFault(error, 'version'))
    }
    throw new DockerError(`template parsing error: ${templateFault(error)}`, 64)
  }
}
