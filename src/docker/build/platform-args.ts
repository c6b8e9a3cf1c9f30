// Arguments that every build knows without being told (frontend/dockerfile/dockerfile2llb/platform.go): what it builds for,
// and on what. A stage has to declare those that it wants.
export const platformArgs: readonly (readonly [string, string])[] = [
  ['BUILDPLATFORM', 'linux/amd64'],
  ['BUILDOS', 'linux'],
  ['BUILDARCH', 'amd64'],
  ['BUILDVARIANT', ''],
  ['TARGETPLATFORM', 'linux/amd64'],
  ['TARGETOS', 'linux'],
  ['TARGETARCH', 'amd64'],
  ['TARGETVARIANT', ''],
  ['TARGETSTAGE', ''],
]
