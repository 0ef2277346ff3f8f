-- Letters hold names and people's words: for those who record exclusions, as the words of the exclusion itself.
select app.protect_words('letter');
