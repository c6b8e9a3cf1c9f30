// What help says of the flags of the commands for images, builds and registries: a line for each flag, `name: text`; a line
// feed within a text is written `\n`. `$format` is the text that all lists share.

export const imageFlags: Readonly<Record<string, string>> = {
  build: `
add-host: Add a custom host-to-IP mapping (format: "host:ip")
allow: Allow extra privileged entitlement (e.g., "network.host", "security.insecure")
annotation: Add annotation to the image
attest: Attestation parameters (format: "type=sbom,generator=image")
build-arg: Set build-time variables
build-context: Additional build contexts (e.g., name=path)
builder: Override the configured builder instance (default "default")
cache-from: External cache sources (e.g., "user/app:cache", "type=local,src=path/to/dir")
cache-to: Cache export destinations (e.g., "user/app:cache", "type=local,dest=path/to/dir")
call: Set method for evaluating build ("check", "outline", "targets") (default "build")
cgroup-parent: Set the parent cgroup for the "RUN" instructions during build
check: Shorthand for "--call=check" (default )
debug: Enable debug logging
file: Name of the Dockerfile (default: "PATH/Dockerfile")
iidfile: Write the image ID to a file
label: Set metadata for an image
load: Shorthand for "--output=type=docker"
metadata-file: Write build result metadata to a file
network: Set the networking mode for the "RUN" instructions during build (default "default")
no-cache: Do not use cache when building the image
no-cache-filter: Do not cache specified stages
output: Output destination (format: "type=local,dest=path")
platform: Set target platform for build
progress: Set type of progress output ("auto", "quiet", "plain", "tty", "rawjson"). Use plain to show container output (default "auto")
provenance: Shorthand for "--attest=type=provenance"
pull: Always attempt to pull all referenced images
push: Shorthand for "--output=type=registry"
quiet: Suppress the build output and print image ID on success
sbom: Shorthand for "--attest=type=sbom"
secret: Secret to expose to the build (format: "id=mysecret[,src=/local/secret]")
shm-size: Shared memory size for build containers
ssh: SSH agent socket or keys to expose to the build (format: "default|<id>[=<socket>|<key>[,<key>]]")
tag: Name and optionally a tag (format: "name:tag")
target: Set the target build stage to build
ulimit: Ulimit options (default [])
`,
  'image ls': `
all: Show all images (default hides intermediate images)
digests: Show digests
filter: Filter output based on conditions provided
format: $format
no-trunc: Don't truncate output
quiet: Only show image IDs
tree: List multi-platform images as a tree (EXPERIMENTAL)
`,
  push: `
all-tags: Push all tags of an image to the repository
disable-content-trust: Skip image signing (default true)
platform: Push a platform-specific manifest as a single-platform image to the registry.\\nImage index won't be pushed, meaning that other manifests, including attestations won't be preserved.\\n'os[/arch[/variant]]': Explicit platform (eg. linux/amd64)
quiet: Suppress verbose output
`,
  login: `
password: Password or Personal Access Token (PAT)
password-stdin: Take the Password or Personal Access Token (PAT) from stdin
username: Username
`,
}
