import { setFlagsFromString } from 'node:v8';

// A build of thousands of articles makes far more than it keeps. By default V8 lets that pile up to four times what is
// kept, and the bundler's memory (mimalloc) is given back late and in huge pages. To be imported before Astro.
setFlagsFromString('--heap-growing-percent=50');
process.env['MIMALLOC_PURGE_DELAY'] ??= '0';
process.env['MIMALLOC_ALLOW_THP'] ??= '0';
