/// <reference types="astro/client" />

declare namespace App {
  interface Locals {
    /** The lesson that the page shows: what the components of its text refer to. */
    lesson?: import('./lib/lessons.ts').LessonPage
    /** Of a page that is no lesson and shows parts of lessons. */
    language?: import('../i18n/strings.ts').Language
  }
}
