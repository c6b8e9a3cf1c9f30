// What docker, its groups of commands and its commands are for, in the words of their help.
import { wrapped } from './layout.ts'

const commands = `A self-sufficient runtime for containers

Common Commands:
  run         Create and run a new container from an image
  exec        Execute a command in a running container
  ps          List containers
  build       Build an image from a Dockerfile
  bake        Build from a file
  pull        Download an image from a registry
  push        Upload an image to a registry
  images      List images
  login       Authenticate to a registry
  logout      Log out from a registry
  search      Search Docker Hub for images
  version     Show the Docker version information
  info        Display system-wide information

Management Commands:
  builder     Manage builds
  buildx*     Docker Buildx
  container   Manage containers
  context     Manage contexts
  image       Manage images
  manifest    Manage Docker image manifests and manifest lists
  network     Manage networks
  plugin      Manage plugins
  system      Manage Docker
  trust       Manage trust on Docker images
  volume      Manage volumes

Swarm Commands:
  swarm       Manage Swarm

Commands:
  attach      Attach local standard input, output, and error streams to a running container
  commit      Create a new image from a container's changes
  cp          Copy files/folders between a container and the local filesystem
  create      Create a new container
  diff        Inspect changes to files or directories on a container's filesystem
  events      Get real time events from the server
  export      Export a container's filesystem as a tar archive
  history     Show the history of an image
  import      Import the contents from a tarball to create a filesystem image
  inspect     Return low-level information on Docker objects
  kill        Kill one or more running containers
  load        Load an image from a tar archive or STDIN
  logs        Fetch the logs of a container
  pause       Pause all processes within one or more containers
  port        List port mappings or a specific mapping for the container
  rename      Rename a container
  restart     Restart one or more containers
  rm          Remove one or more containers
  rmi         Remove one or more images
  save        Save one or more images to a tar archive (streamed to STDOUT by default)
  start       Start one or more stopped containers
  stats       Display a live stream of container(s) resource usage statistics
  stop        Stop one or more running containers
  tag         Create a tag TARGET_IMAGE that refers to SOURCE_IMAGE
  top         Display the running processes of a container
  unpause     Unpause all processes within one or more containers
  update      Update configuration of one or more containers
  wait        Block until one or more containers stop, then print their exit codes`

/** Flags before the command; those with a path of the client's configuration say it. */
const globalOptions = (config: string): readonly (readonly [string, string])[] => [
  ['    --config string', `Location of client config files (default "${config}")`],
  [
    '-c, --context string',
    'Name of the context to use to connect to the daemon (overrides DOCKER_HOST env var and default context set with "docker context use")',
  ],
  ['-D, --debug', 'Enable debug mode'],
  ['-H, --host list', 'Daemon socket to connect to'],
  [
    '-l, --log-level string',
    'Set the logging level ("debug", "info", "warn", "error", "fatal") (default "info")',
  ],
  ['    --tls', 'Use TLS; implied by --tlsverify'],
  ['    --tlscacert string', `Trust certs signed only by this CA (default "${config}/ca.pem")`],
  ['    --tlscert string', `Path to TLS certificate file (default "${config}/cert.pem")`],
  ['    --tlskey string', `Path to TLS key file (default "${config}/key.pem")`],
  ['    --tlsverify', 'Use TLS and verify the remote'],
  ['-v, --version', 'Print version information and quit'],
]

export function rootText(config: string, columns: number): string {
  const options = globalOptions(config)
  const width = Math.max(...options.map(([left]) => left.length)) + 5
  const lines = options.map(([left, text]) => `  ${left}`.padEnd(width) + wrapped(width, columns, text))
  return `Usage:  docker [OPTIONS] COMMAND\n\n${commands}\n\nGlobal Options:\n${lines.join('\n')}\n\nRun 'docker COMMAND --help' for more information on a command.\n\nFor more help on how to use Docker, head to https://docs.docker.com/go/guides/\n`
}

/** Words, and the list of what is in it. */
export const groupTexts: Readonly<Record<string, readonly [words: string, list: string]>> = {
  image: [
    'Manage images',
    `  build       Build an image from a Dockerfile
  history     Show the history of an image
  import      Import the contents from a tarball to create a filesystem image
  inspect     Display detailed information on one or more images
  load        Load an image from a tar archive or STDIN
  ls          List images
  prune       Remove unused images
  pull        Download an image from a registry
  push        Upload an image to a registry
  rm          Remove one or more images
  save        Save one or more images to a tar archive (streamed to STDOUT by default)
  tag         Create a tag TARGET_IMAGE that refers to SOURCE_IMAGE`,
  ],
  system: [
    'Manage Docker',
    `  df          Show docker disk usage
  events      Get real time events from the server
  info        Display system-wide information
  prune       Remove unused data`,
  ],
  container: [
    'Manage containers',
    `  attach      Attach local standard input, output, and error streams to a running container
  commit      Create a new image from a container's changes
  cp          Copy files/folders between a container and the local filesystem
  create      Create a new container
  diff        Inspect changes to files or directories on a container's filesystem
  exec        Execute a command in a running container
  export      Export a container's filesystem as a tar archive
  inspect     Display detailed information on one or more containers
  kill        Kill one or more running containers
  logs        Fetch the logs of a container
  ls          List containers
  pause       Pause all processes within one or more containers
  port        List port mappings or a specific mapping for the container
  prune       Remove all stopped containers
  rename      Rename a container
  restart     Restart one or more containers
  rm          Remove one or more containers
  run         Create and run a new container from an image
  start       Start one or more stopped containers
  stats       Display a live stream of container(s) resource usage statistics
  stop        Stop one or more running containers
  top         Display the running processes of a container
  unpause     Unpause all processes within one or more containers
  update      Update configuration of one or more containers
  wait        Block until one or more containers stop, then print their exit codes`,
  ],
  network: [
    'Manage networks',
    `  connect     Connect a container to a network
  create      Create a network
  disconnect  Disconnect a container from a network
  inspect     Display detailed information on one or more networks
  ls          List networks
  prune       Remove all unused networks
  rm          Remove one or more networks`,
  ],
  volume: [
    'Manage volumes',
    `  create      Create a volume
  inspect     Display detailed information on one or more volumes
  ls          List volumes
  prune       Remove unused local volumes
  rm          Remove one or more volumes`,
  ],
  builder: [
    'Manage builds',
    `  build       Build an image from a Dockerfile
  prune       Remove build cache`,
  ],
  context: [
    'Manage contexts',
    `  create      Create a context
  export      Export a context to a tar archive FILE or a tar stream on STDOUT.
  import      Import a context from a tar or zip file
  inspect     Display detailed information on one or more contexts
  ls          List contexts
  rm          Remove one or more contexts
  show        Print the name of the current context
  update      Update a context
  use         Set the current docker context`,
  ],
}

export const about: Readonly<Record<string, string>> = {
  run: 'Create and run a new container from an image',
  exec: 'Execute a command in a running container',
  build: 'Start a build',
  pull: 'Download an image from a registry',
  push: 'Upload an image to a registry',
  login: 'Authenticate to a registry.\nDefaults to Docker Hub if no server is specified.',
  logout: 'Log out from a registry.\nIf no server is specified, the default is defined by the daemon.',
  search: 'Search Docker Hub for images',
  version: 'Show the Docker version information',
  info: 'Display system-wide information',
  attach: 'Attach local standard input, output, and error streams to a running container',
  commit: "Create a new image from a container's changes",
  cp: 'Copy files/folders between a container and the local filesystem',
  create: 'Create a new container',
  diff: "Inspect changes to files or directories on a container's filesystem",
  events: 'Get real time events from the server',
  export: "Export a container's filesystem as a tar archive",
  history: 'Show the history of an image',
  import: 'Import the contents from a tarball to create a filesystem image',
  inspect: 'Return low-level information on Docker objects',
  kill: 'Kill one or more running containers',
  load: 'Load an image from a tar archive or STDIN',
  logs: 'Fetch the logs of a container',
  pause: 'Pause all processes within one or more containers',
  port: 'List port mappings or a specific mapping for the container',
  rename: 'Rename a container',
  restart: 'Restart one or more containers',
  rm: 'Remove one or more containers',
  rmi: 'Remove one or more images',
  save: 'Save one or more images to a tar archive (streamed to STDOUT by default)',
  start: 'Start one or more stopped containers',
  stats: 'Display a live stream of container(s) resource usage statistics',
  stop: 'Stop one or more running containers',
  tag: 'Create a tag TARGET_IMAGE that refers to SOURCE_IMAGE',
  top: 'Display the running processes of a container',
  unpause: 'Unpause all processes within one or more containers',
  update: 'Update configuration of one or more containers',
  wait: 'Block until one or more containers stop, then print their exit codes',
  'image ls': 'List images',
  'container ls': 'List containers',
  'image inspect': 'Display detailed information on one or more images',
  'image prune': 'Remove unused images',
  'image rm': 'Remove one or more images',
  'container inspect': 'Display detailed information on one or more containers',
  'container prune': 'Remove all stopped containers',
  'container rm': 'Remove one or more containers',
  'system df': 'Show docker disk usage',
  'system prune': 'Remove unused data',
  'builder prune': 'Remove build cache',
  'context ls': 'List contexts',
  'context show': 'Print the name of the current context',
  'context inspect': 'Display detailed information on one or more contexts',
  'network ls': 'List networks',
  'network create': 'Create a network',
  'network rm': 'Remove one or more networks',
  'network inspect': 'Display detailed information on one or more networks',
  'network prune': 'Remove all unused networks',
  'network connect': 'Connect a container to a network',
  'network disconnect': 'Disconnect a container from a network',
  'volume ls': 'List volumes',
  'volume create': 'Create a volume',
  'volume rm': 'Remove one or more volumes. You cannot remove a volume that is in use by a container.',
  'volume inspect': 'Display detailed information on one or more volumes',
  'volume prune': 'Remove unused local volumes',
  'buildx du': 'Disk usage',
  'buildx inspect': 'Inspect current builder instance',
  'buildx ls': 'List builder instances',
  'buildx prune': 'Remove build cache',
  'buildx version': 'Show buildx version information',
}
