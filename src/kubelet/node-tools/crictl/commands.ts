// What crictl's commands are for and which flags they take (cri-tools 1.36, cmd/crictl).
import type { CommandSpec } from './flags.ts'

const containers = 'CONTAINER-ID [CONTAINER-ID...]'
const pods = 'POD-ID [POD-ID...]'
const output = (types: string, fallback = '') => `output,o:string${fallback} Output format, One of: ${types}`
const statusOutput = `${output('json|yaml|go-template|table')}
template:string The template string is only used when output is go-template; The Template format is golang template`
const containerFilter = `name:string Filter by container name regular expression pattern
namespace:string Filter by pod namespace regular expression pattern
pod,p:string Filter by pod id
image:string Filter by container image
state,s:string Filter by container state
label:strings Filter by key=value label
latest,l Show the most recently created container (includes all states)
last,n:int Show last n recently created containers (includes all states). Set 0 for unlimited.
all,a Show all containers`
const podFilter = `name:string Filter by pod name regular expression pattern
namespace:string Filter by pod namespace regular expression pattern
state,s:string Filter by pod state
label:strings Filter by key=value label
latest,l Show the most recently created pod
last,n:int Show last n recently created pods. Set 0 for unlimited`
const imageFilter = 'filter,f:strings Filter output based on provided conditions.'
const quietInspection = 'quiet,q Do not show verbose information'
const pull = `creds:string Use \`USERNAME[:PASSWORD]\` for accessing the registry
auth:string Use \`AUTH_STRING\` for accessing the registry. AUTH_STRING is a base64 encoded 'USERNAME[:PASSWORD]'
username,u:string Use \`USERNAME\` for accessing the registry. The password will be requested on the command line
pod-config:string Use \`pod-config.[json|yaml]\` to override the pull c
annotation,a:strings Annotation to be set on the pulled image
pull-timeout,pt:string Maximum time to be used for pulling the image, disabled if set to 0s`

export const commands = {
  attach: { usage: 'Attach to a running container', args: 'CONTAINER-ID' },
  checkpoint: { usage: 'Checkpoint one or more running containers', args: containers },
  completion: { usage: 'Output shell completion code', args: 'SHELL' },
  config: {
    usage: 'Get, set and list crictl configuration options',
    args: '[<crictl options>]',
    flags: `get:string Show the option value
set:strings Set option (can specify multiple or separate values with commas: opt1=val1,opt2=val2)
list Show all option value`,
  },
  create: {
    usage: 'Create a new container',
    args: 'POD container-config.[json|yaml] pod-config.[json|yaml]',
  },
  events: { usage: 'Stream the events of containers', flags: output('json|yaml|go-template') },
  exec: {
    usage: 'Run a command in a running container',
    args: '[CONTAINER-ID] COMMAND [ARG...]',
    flags: `sync,s Run the command synchronously
timeout:int=0 Timeout in seconds
tty,t Allocate a pseudo-TTY
interactive,i Keep STDIN open
transport,r:string=spdy Transport protocol to use, one of: spdy|websocket
name:string Exec command for all containers matching this name filter regular expression pattern
pod,p:string Exec command for all containers matching this pod ID filter
image:string Exec command for all containers matching this container image filter
state:string Exec command for all containers matching this container state filter
label:strings Exec command for all containers matching this key=value label filter
latest,l Exec command for the most recently created container
last,n:int Exec command for all last n containers, set to 0 for unlimited
quiet,q Do not print the container ID if multiple containers are selected
ignore-errors,e Ignore errors during command execution
parallel,x Run the command in parallel if multiple containers are selected
tls-sni,tls-server-name:string=localhost Server name used in the TLS client to check server certificates against
tls-ca:string Path to the streaming TLS CA certificate
tls-cert:string Path to the streaming TLS certificate
tls-key:string Path to the streaming TLS key`,
  },
  imagefsinfo: { usage: 'Return image filesystem info', flags: statusOutput },
  images: {
    usage: 'List images',
    args: '[REPOSITORY[:TAG]]',
    flags: `verbose,v Show verbose info for images
quiet,q Only show image IDs
${imageFilter}
${output('json|yaml|table')}
digests Show digests
no-trunc Show output without truncating the ID
pinned Show whether the image is pinned or not`,
  },
  info: {
    usage: 'Display information of the container runtime',
    flags: `${statusOutput}\n${quietInspection}`,
  },
  inspect: {
    usage: 'Display the status of one or more containers',
    args: containers,
    flags: `${statusOutput}\n${quietInspection}\n${containerFilter}`,
  },
  inspecti: {
    usage: 'Return the status of one or more images',
    args: 'IMAGE-ID [IMAGE-ID...]',
    flags: `${statusOutput}\n${quietInspection}\nname:string Filter by image name\n${imageFilter}`,
  },
  inspectp: {
    usage: 'Display the status of one or more pods',
    args: pods,
    flags: `${statusOutput}\n${quietInspection}\n${podFilter}`,
  },
  logs: {
    usage: 'Fetch the logs of a container',
    args: 'CONTAINER-ID',
    flags: `follow,f Follow log output
tail:int=-1 Number of lines to show from the end of the logs. Defaults to all
limit-bytes:int=-1 Maximum bytes of logs to return. Defaults to no limit
since:string Show logs since timestamp (e.g. 2013-01-02T13:23:37) or relative (e.g. 42m for 42 minutes)
timestamps,t Show timestamps
previous,p Print the logs for the previous instance of the container in a pod if it exists
reopen,r Reopen the container logs for the provided container
stream,s:string Show specified stream (stdout or stderr). Defaults to both.`,
  },
  metricdescs: {
    usage: 'List metric descriptors. Returns information about the metrics available through the CRI.',
  },
  metricsp: {
    usage:
      "List pod metrics. Metrics are unstructured key/value pairs gathered by CRI meant to replace cAdvisor's /metrics/cadvisor endpoint.",
  },
  pods: {
    usage: 'List pods',
    flags: `id:string filter by pod id
${podFilter}
verbose,v Show verbose info for pods
quiet,q List only pod IDs
${output('json|yaml|table', '=table')}
no-trunc Show output without truncating the ID`,
  },
  'port-forward': { usage: 'Forward local port to a pod', args: 'POD-ID [LOCAL_PORT:]REMOTE_PORT' },
  ps: {
    usage: 'List containers',
    flags: `verbose,v Show verbose information for containers
id:string Filter by container id
${containerFilter}
quiet,q Only display container IDs
${output('json|yaml|table', '=table')}
no-trunc Show output without truncating the ID
resolve-image-path,r Show image path instead of image id`,
  },
  pull: { usage: 'Pull an image from a registry', args: 'NAME[:TAG|@DIGEST]', flags: pull },
  rm: {
    usage: 'Remove one or more containers',
    args: containers,
    flags: `force,f Force removal of the container, disregarding if running
keep-logs,k Preserve the container log file and its rotations
all,a Remove all containers`,
  },
  rmi: {
    usage: 'Remove one or more images',
    args: 'IMAGE-ID [IMAGE-ID...]',
    flags: 'all,a Remove all images\nprune,q Remove all unused images',
  },
  rmp: {
    usage: 'Remove one or more pods',
    args: pods,
    flags: `force,f Force removal of the pod sandbox, disregarding if running
all,a Remove all pods`,
  },
  run: {
    usage: 'Run a new container inside a sandbox',
    args: 'container-config.[json|yaml] pod-config.[json|yaml]',
  },
  runp: { usage: 'Run a new pod', args: 'pod-config.[json|yaml]' },
  'runtime-config': { usage: 'Retrieve the container runtime configuration' },
  start: { usage: 'Start one or more created containers', args: containers },
  stats: {
    usage: 'List container(s) resource usage statistics',
    args: '[ID]',
    flags: `all,a Show all containers (default shows just running)
id:string Filter by container id
pod,p:string Filter by pod id
label:strings Filter by key=value label
${output('json|yaml|table')}
seconds,s:int=1 Sample duration for CPU usage in seconds
watch,w Watch pod resources`,
  },
  statsp: {
    usage:
      "List pod statistics. Stats represent a structured API that will fulfill the Kubelet's /stats/summary endpoint.",
    args: '[ID]',
    flags: `id:string Filter by pod id
label:strings Filter by key=value label
${output('json|yaml|table')}
seconds,s:int=1 Sample duration for CPU usage in seconds
watch,w Watch pod resources`,
  },
  stop: {
    usage: 'Stop one or more running containers',
    args: containers,
    flags: `timeout,t:int=0 Seconds to wait to kill the container after a graceful stop is requested
all,a Stop all running containers`,
  },
  stopp: { usage: 'Stop one or more running pods', args: pods },
  update: { usage: 'Update one or more running containers', args: containers },
  'update-runtime-config': { usage: 'Update the runtime configuration' },
  version: { usage: 'Display runtime version information' },
} satisfies Record<string, CommandSpec>

export type CommandName = keyof typeof commands

export const clientFlags: CommandSpec = {
  usage: 'client for CRI',
  flags: `config,c:string=/etc/crictl.yaml Location of the client config file. If not specified and the default does not exist, the program's directory is searched as well
debug,D Enable debug mode
enable-tracing Enable OpenTelemetry tracing.
tracing-sampling-rate-per-million:int=-1 Number of samples to collect per million OpenTelemetry spans. Set to 1000000 or -1 to always sample.
tracing-endpoint:string=127.0.0.1:4317 Address to which the gRPC tracing collector will send spans to.
profile-cpu:string Write a pprof CPU profile to the provided path.
profile-mem:string Write a pprof memory profile to the provided path.
image-endpoint,i:string Endpoint of CRI image manager service (default: uses 'runtime-endpoint' setting)
runtime-endpoint,r:string Endpoint of CRI container runtime service (default: uses in order the first successful one of [unix:///run/containerd/containerd.sock unix:///run/crio/crio.sock unix:///var/run/cri-dockerd.sock]). Default is now deprecated and the endpoint should be set instead.
timeout,t:string=2s Timeout of connecting to the server in seconds (e.g. 2s, 20s.). 0 or less is set to default
version,v print the version`,
}

/** Flags that change nothing here: whoever sets one is told so. */
export const withoutEffect: Readonly<Record<string, readonly string[]>> = {
  '': [
    'debug',
    'enable-tracing',
    'tracing-sampling-rate-per-million',
    'tracing-endpoint',
    'profile-cpu',
    'profile-mem',
    'timeout',
  ],
  exec: ['timeout', 'transport', 'tls-sni', 'tls-ca', 'tls-cert', 'tls-key'],
  pull: ['username', 'pod-config', 'annotation', 'pull-timeout'],
  rm: ['keep-logs'],
}
