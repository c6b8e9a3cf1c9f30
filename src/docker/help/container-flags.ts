// What help says of the flags of the commands for containers, networks and volumes; see image-flags.ts.

export const containerFlags: Readonly<Record<string, string>> = {
  run: `
add-host: Add a custom host-to-IP mapping (host:ip)
annotation: Add an annotation to the container (passed through to the OCI runtime) (default map[])
attach: Attach to STDIN, STDOUT or STDERR
blkio-weight: Block IO (relative weight), between 10 and 1000, or 0 to disable (default 0)
blkio-weight-device: Block IO weight (relative device weight) (default [])
cap-add: Add Linux capabilities
cap-drop: Drop Linux capabilities
cgroup-parent: Optional parent cgroup for the container
cgroupns: Cgroup namespace to use (host|private)\\n'host':    Run the container in the Docker host's cgroup namespace\\n'private': Run the container in its own private cgroup namespace\\n'':        Use the cgroup namespace as configured by the\\n           default-cgroupns-mode option on the daemon (default)
cidfile: Write the container ID to the file
cpu-period: Limit CPU CFS (Completely Fair Scheduler) period
cpu-quota: Limit CPU CFS (Completely Fair Scheduler) quota
cpu-rt-period: Limit CPU real-time period in microseconds
cpu-rt-runtime: Limit CPU real-time runtime in microseconds
cpu-shares: CPU shares (relative weight)
cpus: Number of CPUs
cpuset-cpus: CPUs in which to allow execution (0-3, 0,1)
cpuset-mems: MEMs in which to allow execution (0-3, 0,1)
detach: Run container in background and print container ID
detach-keys: Override the key sequence for detaching a container
device: Add a host device to the container
device-cgroup-rule: Add a rule to the cgroup allowed devices list
device-read-bps: Limit read rate (bytes per second) from a device (default [])
device-read-iops: Limit read rate (IO per second) from a device (default [])
device-write-bps: Limit write rate (bytes per second) to a device (default [])
device-write-iops: Limit write rate (IO per second) to a device (default [])
disable-content-trust: Skip image verification (default true)
dns: Set custom DNS servers
dns-option: Set DNS options
dns-search: Set custom DNS search domains
domainname: Container NIS domain name
entrypoint: Overwrite the default ENTRYPOINT of the image
env: Set environment variables
env-file: Read in a file of environment variables
expose: Expose a port or a range of ports
gpus: GPU devices to add to the container ('all' to pass all GPUs)
group-add: Add additional groups to join
health-cmd: Command to run to check health
health-interval: Time between running the check (ms|s|m|h) (default 0s)
health-retries: Consecutive failures needed to report unhealthy
health-start-interval: Time between running the check during the start period (ms|s|m|h) (default 0s)
health-start-period: Start period for the container to initialize before starting health-retries countdown (ms|s|m|h) (default 0s)
health-timeout: Maximum time to allow one check to run (ms|s|m|h) (default 0s)
help: Print usage
hostname: Container host name
init: Run an init inside the container that forwards signals and reaps processes
interactive: Keep STDIN open even if not attached
ip: IPv4 address (e.g., 172.30.100.104)
ip6: IPv6 address (e.g., 2001:db8::33)
ipc: IPC mode to use
isolation: Container isolation technology
kernel-memory: Kernel memory limit
label: Set meta data on a container
label-file: Read in a line delimited file of labels
link: Add link to another container
link-local-ip: Container IPv4/IPv6 link-local addresses
log-driver: Logging driver for the container
log-opt: Log driver options
mac-address: Container MAC address (e.g., 92:d0:c6:0a:29:33)
memory: Memory limit
memory-reservation: Memory soft limit
memory-swap: Swap limit equal to memory plus swap: '-1' to enable unlimited swap
memory-swappiness: Tune container memory swappiness (0 to 100) (default -1)
mount: Attach a filesystem mount to the container
name: Assign a name to the container
network: Connect a container to a network
network-alias: Add network-scoped alias for the container
no-healthcheck: Disable any container-specified HEALTHCHECK
oom-kill-disable: Disable OOM Killer
oom-score-adj: Tune host's OOM preferences (-1000 to 1000)
pid: PID namespace to use
pids-limit: Tune container pids limit (set -1 for unlimited)
platform: Set platform if server is multi-platform capable
privileged: Give extended privileges to this container
publish: Publish a container's port(s) to the host
publish-all: Publish all exposed ports to random ports
pull: Pull image before running ("always", "missing", "never") (default "missing")
quiet: Suppress the pull output
read-only: Mount the container's root filesystem as read only
restart: Restart policy to apply when a container exits (default "no")
rm: Automatically remove the container and its associated anonymous volumes when it exits
runtime: Runtime to use for this container
security-opt: Security Options
shm-size: Size of /dev/shm
sig-proxy: Proxy received signals to the process (default true)
stop-signal: Signal to stop the container
stop-timeout: Timeout (in seconds) to stop a container
storage-opt: Storage driver options for the container
sysctl: Sysctl options (default map[])
tmpfs: Mount a tmpfs directory
tty: Allocate a pseudo-TTY
ulimit: Ulimit options (default [])
use-api-socket: Bind mount Docker API socket and required auth
user: Username or UID (format: <name|uid>[:<group|gid>])
userns: User namespace to use
uts: UTS namespace to use
volume: Bind mount a volume
volume-driver: Optional volume driver for the container
volumes-from: Mount volumes from the specified container(s)
workdir: Working directory inside the container
`,
  'container ls': `
all: Show all containers (default shows just running)
filter: Filter output based on conditions provided
format: $format
last: Show n last created containers (includes all states) (default -1)
latest: Show the latest created container (includes all states)
no-trunc: Don't truncate output
quiet: Only display container IDs
size: Display total file sizes
`,
  rm: `
force: Force the removal of a running container (uses SIGKILL)
link: Remove the specified link
volumes: Remove anonymous volumes associated with the container
`,
  attach: `
detach-keys: Override the key sequence for detaching a container
no-stdin: Do not attach STDIN
sig-proxy: Proxy all received signals to the process (default true)
`,
  commit: `
author: Author (e.g., "John Hannibal Smith <hannibal@a-team.com>")
change: Apply Dockerfile instruction to the created image
message: Commit message
pause: Pause container during commit (default true)
`,
  'container inspect': `
format: $inspect
size: Display total file sizes
`,
  'container prune': `
filter: Provide filter values (e.g. "until=<timestamp>")
force: Do not prompt for confirmation
`,
  'context inspect': `
format: $inspect
`,
  'context ls': `
format: $format
quiet: Only show context names
`,
  cp: `
archive: Archive mode (copy all uid/gid information)
follow-link: Always follow symbol link in SRC_PATH
quiet: Suppress progress output during copy. Progress output is automatically suppressed if no terminal is attached
`,
  events: `
filter: Filter output based on conditions provided
format: $format
since: Show all events created since timestamp
until: Stream events until this timestamp
`,
  exec: `
detach: Detached mode: run command in the background
detach-keys: Override the key sequence for detaching a container
env: Set environment variables
env-file: Read in a file of environment variables
interactive: Keep STDIN open even if not attached
privileged: Give extended privileges to the command
tty: Allocate a pseudo-TTY
user: Username or UID (format: "<name|uid>[:<group|gid>]")
workdir: Working directory inside the container
`,
  export: `
output: Write to a file, instead of STDOUT
`,
  info: `
format: $inspect
`,
  inspect: `
format: $inspect
size: Display total file sizes if the type is container
type: Only inspect objects of the given type
`,
  kill: `
signal: Signal to send to the container
`,
  logs: `
details: Show extra details provided to logs
follow: Follow log output
since: Show logs since timestamp (e.g. "2013-01-02T13:23:37Z") or relative (e.g. "42m" for 42 minutes)
tail: Number of lines to show from the end of the logs (default "all")
timestamps: Show timestamps
until: Show logs before a timestamp (e.g. "2013-01-02T13:23:37Z") or relative (e.g. "42m" for 42 minutes)
`,
  'network connect': `
alias: Add network-scoped alias for the container
driver-opt: driver options for the network
gw-priority: Highest gw-priority provides the default gateway. Accepts positive and negative values.
ip: IPv4 address (e.g., "172.30.100.104")
ip6: IPv6 address (e.g., "2001:db8::33")
link: Add link to another container
link-local-ip: Add a link-local address for the container
`,
  'network create': `
attachable: Enable manual container attachment
aux-address: Auxiliary IPv4 or IPv6 addresses used by Network driver (default map[])
config-from: The network from which to copy the configuration
config-only: Create a configuration only network
driver: Driver to manage the Network (default "bridge")
gateway: IPv4 or IPv6 Gateway for the master subnet
ingress: Create swarm routing-mesh network
internal: Restrict external access to the network
ip-range: Allocate container ip from a sub-range
ipam-driver: IP Address Management Driver (default "default")
ipam-opt: Set IPAM driver specific options (default map[])
ipv4: Enable or disable IPv4 address assignment (default true)
ipv6: Enable or disable IPv6 address assignment
label: Set metadata on a network
opt: Set driver specific options (default map[])
scope: Control the network's scope
subnet: Subnet in CIDR format that represents a network segment
`,
  'network disconnect': `
force: Force the container to disconnect from a network
`,
  'network inspect': `
format: $inspect
verbose: Verbose output for diagnostics
`,
  'network ls': `
filter: Provide filter values (e.g. "driver=bridge")
format: $format
no-trunc: Do not truncate the output
quiet: Only display network IDs
`,
  'network prune': `
filter: Provide filter values (e.g. "until=<timestamp>")
force: Do not prompt for confirmation
`,
  'network rm': `
force: Do not error if the network does not exist
`,
  restart: `
signal: Signal to send to the container
timeout: Seconds to wait before killing the container
`,
  start: `
attach: Attach STDOUT/STDERR and forward signals
detach-keys: Override the key sequence for detaching a container
interactive: Attach container's STDIN
`,
  stats: `
all: Show all containers (default shows just running)
format: $format
no-stream: Disable streaming stats and only pull the first result
no-trunc: Do not truncate output
`,
  stop: `
signal: Signal to send to the container
timeout: Seconds to wait before killing the container
`,
  'system df': `
format: $format
verbose: Show detailed information on space usage
`,
  'system prune': `
all: Remove all unused images not just dangling ones
filter: Provide filter values (e.g. "label=<key>=<value>")
force: Do not prompt for confirmation
volumes: Prune anonymous volumes
`,
  update: `
blkio-weight: Block IO (relative weight), between 10 and 1000, or 0 to disable (default 0)
cpu-period: Limit CPU CFS (Completely Fair Scheduler) period
cpu-quota: Limit CPU CFS (Completely Fair Scheduler) quota
cpu-rt-period: Limit the CPU real-time period in microseconds
cpu-rt-runtime: Limit the CPU real-time runtime in microseconds
cpu-shares: CPU shares (relative weight)
cpus: Number of CPUs
cpuset-cpus: CPUs in which to allow execution (0-3, 0,1)
cpuset-mems: MEMs in which to allow execution (0-3, 0,1)
memory: Memory limit
memory-reservation: Memory soft limit
memory-swap: Swap limit equal to memory plus swap: -1 to enable unlimited swap
pids-limit: Tune container pids limit (set -1 for unlimited)
restart: Restart policy to apply when a container exits
`,
  'volume create': `
driver: Specify volume driver name (default "local")
label: Set metadata for a volume
opt: Set driver specific options (default map[])
`,
  'volume inspect': `
format: $inspect
`,
  'volume ls': `
filter: Provide filter values (e.g. "dangling=true")
format: $format
quiet: Only display volume names
`,
  'volume prune': `
all: Remove all unused volumes, not just anonymous ones
filter: Provide filter values (e.g. "label=<label>")
force: Do not prompt for confirmation
`,
  'volume rm': `
force: Force the removal of one or more volumes
`,
}
