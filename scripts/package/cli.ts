// living-kubernetes COMMAND [OPTIONS]
//
//   cluster     a simulated cluster over HTTPS, with a kubeconfig, for a real kubectl or client library
//   validate    says what is wrong with Kubernetes manifests, without a cluster
//
// living-kubernetes COMMAND --help tells a command's options. --version prints the version of the package. As a library:
// import { createWorld } from 'living-kubernetes'
import { version } from '../../package.json' with { type: 'json' }
import { requireNode } from '../lib/node-version.ts'
import { misused, usage } from '../lib/options.ts'

const script = import.meta.filename
const commands: Readonly<Record<string, () => Promise<unknown>>> = {
  cluster: () => import('../cluster.ts'),
  validate: () => import('../validate.ts'),
}

requireNode()
const [name] = process.argv.splice(2, 1)
if (name === '--version' || name === '-v') console.log(version)
else if (name === '--help' || name === '-h' || name === 'help') console.log(usage(script))
else {
  const command = name !== undefined && Object.hasOwn(commands, name) ? commands[name] : undefined
  if (!command) misused(script, name === undefined ? 'Which command?' : `There is no command ${name}`)
  // It reads what is left of the command line, as it does when npm runs it.
  await command()
}
