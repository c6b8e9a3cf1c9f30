// The version that a history bears: two programs of one version answer the same inputs with the same bytes. The build
// sets it from the sources of the simulator (astro.config.mjs).
declare const __SIMULATOR_VERSION__: string | undefined

export const version: string = typeof __SIMULATOR_VERSION__ === 'string' ? __SIMULATOR_VERSION__ : 'sources'
