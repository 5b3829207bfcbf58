/** True in the editor's preview (`npm run dev`), which shows what is not published; false in every build. */
declare const IS_PREVIEW: boolean;
