/** Where the data of a build stand: what a lesson's lab, the search … consist of. */
export const dataPath = (scope: string, build: string, name: string): string =>
  `${scope}_astro/${build}/${name}`
