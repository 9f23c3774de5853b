/** Keeps the composer above the on-screen keyboard where the browser does not do so itself (Safari on phones). */

/** Follow the visible height of the page. */
export function followKeyboard() {
  const visible = window.visualViewport;
  if (!visible) return;
  const fit = () => {
    const covered = window.innerHeight - visible.height > 120 && visible.scale === 1;
    document.documentElement.style.setProperty("--visible-height", covered ? `${visible.height}px` : "100dvh");
    if (covered) window.scrollTo(0, 0);
  };
  visible.addEventListener("resize", fit);
}
