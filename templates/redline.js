/* Goes from change to change: n or j to the next, p or k to the one before. The page works without it. */
(function () {
  "use strict";
  var places = Array.prototype.slice.call(document.querySelectorAll(".redline .document .change:not([id$='-from'])"));
  if (!places.length) return;
  var at = -1;
  var bar = document.createElement("nav");
  bar.className = "bar";
  bar.setAttribute("aria-label", "Changes");
  var shown = document.createElement("span");
  shown.setAttribute("aria-live", "polite");
  function button(sign, words, step) {
    var one = document.createElement("button");
    one.type = "button";
    one.textContent = sign;
    one.setAttribute("aria-label", words);
    one.addEventListener("click", function () { go(step); });
    return one;
  }
  function tell() {
    shown.textContent = at < 0 ? places.length + (places.length === 1 ? " change" : " changes") : at + 1 + " of " + places.length;
  }
  function go(step) {
    var next = at;
    do { next = at < 0 && step < 0 ? places.length - 1 : next + step; } while (places[next] && !places[next].getClientRects().length);
    if (!places[next]) return;
    at = next;
    location.hash = places[at].id;
    tell();
  }
  function here() {
    var id = location.hash.slice(1);
    places.forEach(function (place, number) { if (place.id === id) { at = number; } });
    tell();
  }
  document.addEventListener("keydown", function (event) {
    var typing = event.target.closest && event.target.closest("input:not([type=radio]), textarea, select");
    if (typing || event.ctrlKey || event.altKey || event.metaKey) return;
    if (event.key === "n" || event.key === "j") go(1);
    if (event.key === "p" || event.key === "k") go(-1);
  });
  window.addEventListener("hashchange", here);
  bar.append(button("‹", "Previous change", -1), shown, button("›", "Next change", 1));
  document.querySelector(".redline").append(bar);
  here();
}());
