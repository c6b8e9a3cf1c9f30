// What kubectl has said otherwise in earlier versions than in 1.36, which the course prints: words that one of two versions
// has more. They are left out of both where outputs are compared.

export interface VersionWords {
  readonly why: string
  readonly words: RegExp
}

export const versionWords = {
  emptyTime: {
    why: 'a creationTimestamp that is not set was printed as null before 1.34',
    words: /^ *creationTimestamp: null\n/gm,
  },
  fromNamespace: {
    why: 'newer ones say which namespace something was deleted from',
    words: / from \S+ namespace$/gm,
  },
  notOfApply: {
    why: 'newer ones warn that apply does not come to know of it',
    words: /^Warning: resource \S+ was previously managed with 'kubectl apply'\. Rolling back .*\n/gm,
  },
  ofContainer: {
    why: "newer ones name an event's container, and say Optional of all sources alike",
    words:
      /\bspec\.(?:initC|c|ephemeralC)ontainers\{[^}]*\}: |^ +(?:ConfigMapOptional: +<nil>|Optional: +false)\n/gm,
  },
  ofCpuPercent: {
    why: '--cpu-percent has been deprecated since',
    words: /^Flag --cpu-percent has been deprecated, .*\n/gm,
  },
  outOf: {
    why: 'newer ones say which containers there are',
    words: / out of: .*$/gm,
  },
  cannotDelete: {
    why: 'the older one says "cannot delete" twice',
    words: /cannot delete (?=cannot delete )/g,
  },
  preferences: {
    why: 'preferences are printed no more where there are none',
    words: /^preferences: \{\}\n/gm,
  },
  legacyProfile: {
    why: 'the profile that was left out was legacy, which has been deprecated; it is general now',
    words: /^--profile=legacy is deprecated .*\n/gm,
  },
} satisfies Record<string, VersionWords>

export const withoutVersionWords = (text: string): string =>
  Object.values(versionWords).reduce((rest, { words }) => rest.replace(words, ''), text)
