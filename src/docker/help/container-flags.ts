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
}
