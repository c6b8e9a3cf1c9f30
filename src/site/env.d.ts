/// <reference types="astro/client" />

declare namespace App {
  interface Locals {
    /** The lesson that the page shows: what the components of its text refer to. */
    lesson?: import('./lib/lessons.ts').LessonPage
  }
}
