;; Scans rows of a known form and writes them as lines. scan-memory.ts explains the three memories and makes
;; instances; scan-row.ts and emit-row.ts write the tables that the functions read. Whatever may be read or
;; written beyond an end, up to 15 bytes, is kept free by whoever grows the memories.
;;
;; `npx vitest run server/looker/transcode/wasm` checks that rows.wasm is made of this text, and
;; `WRITE_WASM=1 npx vitest run server/looker/transcode/wasm` makes it anew.
(module
  (import "rows" "source" (memory $source 1))
  (import "rows" "lines" (memory $lines 1))
  (import "rows" "plan" (memory $plan 1))
  ;; Writes a value that a rule could change. (member, from, end, kind, at) -> the place after it, or -1.
  (import "rows" "rule" (func $rule (param i32 i32 i32 i32 i32) (result i32)))

  ;; Matches the row at a place of the source and records its cells: see scan-row.ts.
  ;; A table entry is the place of a literal in the plan, and its length.
  (func (export "scan")
    (param $at i32) (param $limit i32) (param $entry i32) (param $last i32) (param $cell i32)
    (result i32)
    (local $end i32) (local $literal i32) (local $length i32)
    (local $place i32) (local $kind i32) (local $hits i32) (local $byte i32)
    (block $no
      (loop $slot
        (local.set $literal (i32.load $plan (local.get $entry)))
        (local.set $length (i32.load $plan offset=4 (local.get $entry)))
        (local.set $end (i32.add (local.get $at) (local.get $length)))
        ;; Only what comes after the last value may end with the bytes there are.
        (br_if $no (i32.gt_u
          (local.get $end)
          (i32.sub (local.get $limit) (i32.ne (local.get $entry) (local.get $last)))))
        (block $compared
          (loop $words
            (br_if $compared (i32.eqz (local.get $length)))
            (if (i32.lt_u (local.get $length) (i32.const 16))
              (then
                ;; The masks stand at the beginning of the plan.
                (br_if $no (v128.any_true (v128.and
                  (v128.xor
                    (v128.load $source align=1 (local.get $at))
                    (v128.load $plan align=1 (local.get $literal)))
                  (v128.load $plan (i32.shl (local.get $length) (i32.const 4))))))
                (br $compared)))
            (br_if $no (v128.any_true (v128.xor
              (v128.load $source align=1 (local.get $at))
              (v128.load $plan align=1 (local.get $literal)))))
            (local.set $at (i32.add (local.get $at) (i32.const 16)))
            (local.set $literal (i32.add (local.get $literal) (i32.const 16)))
            (local.set $length (i32.sub (local.get $length) (i32.const 16)))
            (br $words)))
        (if (i32.eq (local.get $entry) (local.get $last)) (then (return (local.get $end))))

        (local.set $byte (i32.load8_u $source (local.get $end)))
        (block $found
          (if (i32.eq (local.get $byte) (i32.const 0x22 (; " ;)))
            (then
              (local.set $kind (i32.const 1 (; TEXT ;)))
              (local.set $place (i32.add (local.get $end) (i32.const 1)))
              (loop $text
                (local.set $hits (call $textEnds (v128.load $source align=1 (local.get $place))))
                (if (i32.eqz (local.get $hits))
                  (then
                    (local.set $place (i32.add (local.get $place) (i32.const 16)))
                    (br_if $text (i32.lt_u (local.get $place) (local.get $limit)))
                    (br $no)))
                (local.set $place (i32.add (local.get $place) (i32.ctz (local.get $hits))))
                (br_if $no (i32.ge_u (local.get $place) (local.get $limit)))
                (local.set $byte (i32.load8_u $source (local.get $place)))
                (if (i32.eq (local.get $byte) (i32.const 0x22))
                  (then
                    (local.set $place (i32.add (local.get $place) (i32.const 1)))
                    (br $found)))
                (br_if $no (i32.ne (local.get $byte) (i32.const 0x5c (; \ ;))))
                (local.set $kind (i32.const 3 (; ESCAPED ;)))
                (local.set $place (call $escapeEnd (local.get $place) (local.get $limit)))
                (br_if $text (i32.lt_u (local.get $place) (local.get $limit)))
                (br $no))))
          (if (i32.or
                (i32.lt_u (i32.sub (local.get $byte) (i32.const 0x30)) (i32.const 10))
                (i32.eq (local.get $byte) (i32.const 0x2d (; - ;))))
            (then
              (local.set $hits (call $number (local.get $end) (local.get $limit)))
              (br_if $no (i32.eq (local.get $hits) (i32.const -1)))
              (local.set $place (i32.shr_u (local.get $hits) (i32.const 3)))
              (local.set $kind (i32.and (local.get $hits) (i32.const 7)))
              (br $found)))
          (local.set $place (i32.add (local.get $end) (i32.const 4)))
          (br_if $no (i32.gt_u (local.get $place) (local.get $limit)))
          (local.set $hits (i32.load $source align=1 (local.get $end)))
          (if (i32.eq (local.get $hits) (i32.const 0x6c6c756e (; null ;)))
            (then (local.set $kind (i32.const 0)) (br $found)))
          (if (i32.eq (local.get $hits) (i32.const 0x65757274 (; true ;)))
            (then (local.set $kind (i32.const 5)) (br $found)))
          (br_if $no (i32.ne (local.get $hits) (i32.const 0x736c6166 (; fals ;))))
          (br_if $no (i32.ge_u (local.get $place) (local.get $limit)))
          (br_if $no (i32.ne (i32.load8_u $source (local.get $place)) (i32.const 0x65 (; e ;))))
          (local.set $place (i32.add (local.get $place) (i32.const 1)))
          (local.set $kind (i32.const 6)))

        (i32.store $plan (local.get $cell) (local.get $end))
        (i32.store $plan offset=4 (local.get $cell)
          (i32.or (i32.shl (local.get $place) (i32.const 3)) (local.get $kind)))
        (local.set $cell (i32.add (local.get $cell) (i32.const 8)))
        (local.set $at (local.get $place))
        (local.set $entry (i32.add (local.get $entry) (i32.const 8)))
        (br $slot)))
    (i32.const -1))

  ;; A bit for each byte that is a quote, a backslash, or may not stand in a string.
  (func $textEnds (param $bytes v128) (result i32)
    (i8x16.bitmask (v128.or
      (v128.or
        (i8x16.eq (local.get $bytes) (i8x16.splat (i32.const 0x22)))
        (i8x16.eq (local.get $bytes) (i8x16.splat (i32.const 0x5c))))
      (i8x16.lt_u (local.get $bytes) (i8x16.splat (i32.const 0x20))))))

  ;; The place after an escape, or -1, which is beyond every limit.
  (func $escapeEnd (param $at i32) (param $limit i32) (result i32)
    (local $byte i32) (local $digit i32)
    (if (i32.ge_u (i32.add (local.get $at) (i32.const 1)) (local.get $limit))
      (then (return (i32.const -1))))
    (local.set $byte (i32.load8_u $source offset=1 (local.get $at)))
    (if (i32.ne (local.get $byte) (i32.const 0x75 (; u ;)))
      (then
        ;; " / \ b f n r t
        (if (i32.or
              (i32.or
                (i32.or
                  (i32.eq (local.get $byte) (i32.const 0x22))
                  (i32.eq (local.get $byte) (i32.const 0x2f)))
                (i32.or
                  (i32.eq (local.get $byte) (i32.const 0x5c))
                  (i32.eq (local.get $byte) (i32.const 0x62))))
              (i32.or
                (i32.or
                  (i32.eq (local.get $byte) (i32.const 0x66))
                  (i32.eq (local.get $byte) (i32.const 0x6e)))
                (i32.or
                  (i32.eq (local.get $byte) (i32.const 0x72))
                  (i32.eq (local.get $byte) (i32.const 0x74)))))
          (then (return (i32.add (local.get $at) (i32.const 2)))))
        (return (i32.const -1))))
    (if (i32.gt_u (i32.add (local.get $at) (i32.const 6)) (local.get $limit))
      (then (return (i32.const -1))))
    (loop $digits
      (local.set $byte (i32.load8_u $source offset=2 (i32.add (local.get $at) (local.get $digit))))
      (if (i32.ge_u (i32.sub (local.get $byte) (i32.const 0x30)) (i32.const 10))
        (then
          (if (i32.ge_u
                (i32.sub (i32.or (local.get $byte) (i32.const 0x20)) (i32.const 0x61))
                (i32.const 6))
            (then (return (i32.const -1))))))
      (local.set $digit (i32.add (local.get $digit) (i32.const 1)))
      (br_if $digits (i32.lt_u (local.get $digit) (i32.const 4))))
    (i32.add (local.get $at) (i32.const 6)))

  ;; A number, checked as JSON.parse does: its end with its kind, or -1, also where the bytes end within or right
  ;; after it. Plain is what JavaScript writes as it was: at most 15 digits, no exponent, no zero at the end of a
  ;; fraction, no -0, and not more than five zeros before the first digit (0.000001, but 1e-7).
  (func $number (param $from i32) (param $limit i32) (result i32)
    (local $whole i32) (local $at i32) (local $digits i32) (local $byte i32)
    (local $isZero i32) (local $isPlain i32) (local $start i32)
    (local.set $whole
      (i32.add (local.get $from) (i32.eq (i32.load8_u $source (local.get $from)) (i32.const 0x2d))))
    (local.set $at (call $digitsEnd (local.get $whole) (local.get $limit)))
    (local.set $digits (i32.sub (local.get $at) (local.get $whole)))
    (if (i32.or (i32.eqz (local.get $digits)) (i32.ge_u (local.get $at) (local.get $limit)))
      (then (return (i32.const -1))))
    (local.set $isZero (i32.eq (i32.load8_u $source (local.get $whole)) (i32.const 0x30)))
    (if (i32.and (local.get $isZero) (i32.gt_u (local.get $digits) (i32.const 1)))
      (then (return (i32.const -1))))
    (local.set $isPlain (i32.and
      (i32.le_u (local.get $digits) (i32.const 15))
      (i32.eqz (i32.and (local.get $isZero) (i32.ne (local.get $whole) (local.get $from))))))
    (local.set $byte (i32.load8_u $source (local.get $at)))
    (if (i32.eq (local.get $byte) (i32.const 0x2e (; . ;)))
      (then
        (local.set $start (i32.add (local.get $at) (i32.const 1)))
        (local.set $at (call $digitsEnd (local.get $start) (local.get $limit)))
        (if (i32.or
              (i32.eq (local.get $at) (local.get $start))
              (i32.ge_u (local.get $at) (local.get $limit)))
          (then (return (i32.const -1))))
        (local.set $isPlain (i32.and
          (i32.le_u
            (i32.add (local.get $digits) (i32.sub (local.get $at) (local.get $start)))
            (i32.const 15))
          (i32.ne
            (i32.load8_u $source (i32.sub (local.get $at) (i32.const 1)))
            (i32.const 0x30))))
        (if (i32.and (local.get $isPlain) (local.get $isZero))
          (then
            ;; One of the digits is no zero: the last.
            (local.set $digits (local.get $start))
            (loop $zeros
              (if (i32.eq (i32.load8_u $source (local.get $digits)) (i32.const 0x30))
                (then
                  (local.set $digits (i32.add (local.get $digits) (i32.const 1)))
                  (br $zeros))))
            (local.set $isPlain
              (i32.le_u (i32.sub (local.get $digits) (local.get $start)) (i32.const 5)))))
        (local.set $byte (i32.load8_u $source (local.get $at)))))
    (if (i32.eq (i32.or (local.get $byte) (i32.const 0x20)) (i32.const 0x65 (; e ;)))
      (then
        (local.set $isPlain (i32.const 0))
        (local.set $start (i32.add (local.get $at) (i32.const 1)))
        (if (i32.ge_u (local.get $start) (local.get $limit)) (then (return (i32.const -1))))
        (local.set $byte (i32.load8_u $source (local.get $start)))
        (if (i32.or
              (i32.eq (local.get $byte) (i32.const 0x2b (; + ;)))
              (i32.eq (local.get $byte) (i32.const 0x2d)))
          (then (local.set $start (i32.add (local.get $start) (i32.const 1)))))
        (local.set $at (call $digitsEnd (local.get $start) (local.get $limit)))
        (if (i32.or
              (i32.eq (local.get $at) (local.get $start))
              (i32.ge_u (local.get $at) (local.get $limit)))
          (then (return (i32.const -1))))))
    (i32.or
      (i32.shl (local.get $at) (i32.const 3))
      (select (i32.const 2 (; NUMBER ;)) (i32.const 4 (; ODD_NUMBER ;)) (local.get $isPlain))))

  (func $digitsEnd (param $at i32) (param $limit i32) (result i32)
    (block $end
      (loop $digits
        (br_if $end (i32.ge_u (local.get $at) (local.get $limit)))
        (br_if $end (i32.ge_u
          (i32.sub (i32.load8_u $source (local.get $at)) (i32.const 0x30))
          (i32.const 10)))
        (local.set $at (i32.add (local.get $at) (i32.const 1)))
        (br $digits)))
    (local.get $at))

  ;; Writes the members of a row's line, each with a comma before it: see emit-row.ts. A table entry is four numbers:
  ;; where the cell stands among those of the row, place and length of the name in the plan, and the most characters
  ;; that no rule looks at. Before the table stand what is the same for all members, see emit-row.ts as well.
  (func (export "emit")
    (param $cells i32) (param $at i32) (param $common i32) (param $entry i32) (param $last i32) (param $kindAt i32)
    (result i32)
    (local $cell i32) (local $from i32) (local $end i32) (local $kind i32)
    (local $value i32) (local $length i32) (local $member i32)
    (block $done
      (loop $next
        (br_if $done (i32.eq (local.get $entry) (local.get $last)))
        (block $written
          (local.set $cell (i32.add (local.get $cells) (i32.load $plan (local.get $entry))))
          (local.set $from (i32.load $plan (local.get $cell)))
          (local.set $end (i32.load $plan offset=4 (local.get $cell)))
          (local.set $kind (i32.and (local.get $end) (i32.const 7)))
          (local.set $end (i32.shr_u (local.get $end) (i32.const 3)))
          (if (i32.eqz (local.get $kind))
            (then
              (i32.store8 $plan (local.get $kindAt) (i32.load $plan offset=0 (local.get $common)))
              ;; Without a text for empty cells its length is -1.
              (br_if $written (i32.lt_s (i32.load $plan offset=20 (local.get $common)) (i32.const 0)))))
          (local.set $value (call $copyPiece
            (i32.load $plan offset=4 (local.get $entry))
            (i32.load $plan offset=8 (local.get $entry))
            (local.get $at)))
          (if (i32.eqz (local.get $kind))
            (then
              (local.set $at (call $copyPiece
                (i32.load $plan offset=16 (local.get $common))
                (i32.load $plan offset=20 (local.get $common))
                (local.get $value)))
              (br $written)))
          (local.set $length (i32.sub (local.get $end) (local.get $from)))
          (if (i32.eq (local.get $kind) (i32.const 2 (; NUMBER ;)))
            (then
              (i32.store8 $plan (local.get $kindAt) (i32.load $plan offset=8 (local.get $common)))
              ;; Are numbers written as texts?
              (if (i32.load $plan offset=12 (local.get $common))
                (then
                  (i32.store8 $lines (local.get $value) (i32.const 0x22))
                  (local.set $at (call $copyRun
                    (local.get $from) (local.get $length)
                    (i32.add (local.get $value) (i32.const 1))))
                  (i32.store8 $lines (local.get $at) (i32.const 0x22))
                  (local.set $at (i32.add (local.get $at) (i32.const 1)))
                  (br $written)))
              (local.set $at (call $copyRun (local.get $from) (local.get $length) (local.get $value)))
              (br $written)))
          (i32.store8 $plan (local.get $kindAt) (i32.load $plan offset=4 (local.get $common)))
          (if (i32.eq (local.get $kind) (i32.const 1 (; TEXT ;)))
            (then
              ;; A text that begins like an anchor is for the rule: "<a and a space.
              (if (i32.and
                    (i32.le_u
                      (i32.sub (local.get $length) (i32.const 2))
                      (i32.load $plan offset=12 (local.get $entry)))
                    (i32.or
                      (i32.ne
                        (i32.load $source align=1 (local.get $from))
                        (i32.const 0x20613c22))
                      (i32.le_u (local.get $length) (i32.const 4))))
                (then
                  (local.set $at (call $copyRun (local.get $from) (local.get $length) (local.get $value)))
                  (br $written)))))
          (if (i32.ge_u (local.get $kind) (i32.const 5 (; TRUE, FALSE ;)))
            (then
              (local.set $cell (i32.add
                (local.get $common)
                (i32.shl (i32.sub (local.get $kind) (i32.const 5)) (i32.const 3))))
              (local.set $at (call $copyPiece
                (i32.load $plan offset=24 (local.get $cell))
                (i32.load $plan offset=28 (local.get $cell))
                (local.get $value)))
              (br $written)))
          (local.set $value (call $rule
            (local.get $member) (local.get $from) (local.get $end) (local.get $kind) (local.get $value)))
          ;; Without a value its name is overwritten by the next one.
          (if (i32.ne (local.get $value) (i32.const -1)) (then (local.set $at (local.get $value)))))
        (local.set $entry (i32.add (local.get $entry) (i32.const 16)))
        (local.set $kindAt (i32.add (local.get $kindAt) (i32.const 1)))
        (local.set $member (i32.add (local.get $member) (i32.const 1)))
        (br $next)))
    (local.get $at))

  ;; Copies bytes of the plan into the lines. -> the place after them
  (func $copyPiece (param $from i32) (param $length i32) (param $at i32) (result i32)
    (local $after i32)
    (local.set $after (i32.add (local.get $at) (local.get $length)))
    (loop $words
      (v128.store $lines align=1 (local.get $at) (v128.load $plan align=1 (local.get $from)))
      (local.set $at (i32.add (local.get $at) (i32.const 16)))
      (local.set $from (i32.add (local.get $from) (i32.const 16)))
      (br_if $words (i32.lt_u (local.get $at) (local.get $after))))
    (local.get $after))

  ;; Copies bytes of the source into the lines. -> the place after them
  (func $copyRun (param $from i32) (param $length i32) (param $at i32) (result i32)
    (local $after i32)
    (local.set $after (i32.add (local.get $at) (local.get $length)))
    (loop $words
      (v128.store $lines align=1 (local.get $at) (v128.load $source align=1 (local.get $from)))
      (local.set $at (i32.add (local.get $at) (i32.const 16)))
      (local.set $from (i32.add (local.get $from) (i32.const 16)))
      (br_if $words (i32.lt_u (local.get $at) (local.get $after))))
    (local.get $after)))
