"""The names of the months in 33 languages, full and short, in each of their forms, from CLDR.

Made by tools/month_names.py; what is to be different is changed there.
"""

NAMES = (
    (
        "ene enero gen gennaio ian ianuarie jaan jaanuar jan janeiro janner januar januara januari january janv "
        "janvaris janvier led leden ledna oca ocak saus sausio sausis sij sijecanj sijecnja sty styczen stycznia "
        "tammi tammikuu tammikuuta ιαν ιανουαριοσ ιανουαριου січ січень січня янв январь января яну януари јан "
        "јануар ינו ינואר يناير जन जनवरी มกราคม"
    ),
    (
        "feb febbraio febr febrero februar februara februari februarie februaris february fev fevereiro fevr "
        "fevrier helmi helmikuu helmikuuta lut lutego luty sub subat uno unor unora vas vasario vasaris veebr "
        "veebruar velj veljaca veljace φεβ φεβρουαριοσ φεβρουαριου лют лютии лютого феб фебруар фев февр февраль "
        "февраля февруари פבר פברואר فبراير फ़र फ़रवरी กุมภาพันธ์"
    ),
    (
        "bre brezen brezna kov kovas kovo maalis maaliskuu maaliskuuta maart mar marc marca march marcius marco "
        "marec maret mars mart martie marts marz marzec marzo mrt ozu ozujak ozujka μαρ μαρτιοσ μαρτιου бер "
        "березень березня мар март марта מרץ مارس मार्च มีนาคม"
    ),
    (
        "abr abril apr april aprila aprile aprilie aprilis aprill avr avril bal balandis balandzio dub duben dubna "
        "huhti huhtikuu huhtikuuta kwi kwiecien kwietnia nis nisan tra travanj travnja απρ απριλιοσ απριλιου апр "
        "апрель апреля април квіт квітень квітня אפר אפריל أبريل अप्रैल เมษายน"
    ),
    (
        "geg geguze geguzes kve kveten kvetna mag maggio mai maijs maio maj maja majus may mayo mayıs mei svi "
        "svibanj svibnja touko toukokuu toukokuuta μαι μαιοσ μαιου маи мая мај трав травень травня מאי مايو मई "
        "พฤษภาคม"
    ),
    (
        "birz birzelio birzelis cerven cervna cvn cze czerwca czerwiec giu giugno haz haziran iun iunie juin jun "
        "juna june junho juni junij junijs junio junius juuni kesa kesakuu kesakuuta lip lipanj lipnja ιουν ιουνιοσ "
        "ιουνιου июн июнь июня черв червень червня юни јун יוני يونيو जून มิถุนายน"
    ),
    (
        "cervence cervenec cvc heina heinakuu heinakuuta iul iulie juil juillet jul jula julho juli julij julijs "
        "julio julius july juuli liep liepa liepos lip lipca lipiec lug luglio srp srpanj srpnja tem temmuz ιουλ "
        "ιουλιοσ ιουλιου июл июль июля лип липень липня юли јул יולי يوليو जुल जुलाई กรกฎาคม"
    ),
    (
        "ago agosto agu agust agustos agustus aout aug august augusta augusti augusts augustus augusztus avg avgust "
        "elo elokuu elokuuta kol kolovoz kolovoza rugp rugpjucio rugpjutis sie sierpien sierpnia srp srpen srpna "
        "αυγ αυγουστοσ αυγουστου авг август августа серп серпень серпня אוג אוגוסט أغسطس अग अगस्त สิงหาคม"
    ),
    (
        "eyl eylul rugs rugsejis rugsejo ruj rujan rujna sep sept septembar september septembra septembre "
        "septembrie septembris septiembre set setembro setiembre settembre syys syyskuu syyskuuta szept szeptember "
        "wrz wrzesien wrzesnia zar zari σεπ σεπτεμβριοσ σεπτεμβριου вер вересень вересня сент сентябрь сентября сеп "
        "септембар септември ספט ספטמבר سبتمبر सित सितंबर กันยายน"
    ),
    (
        "eki ekim lis listopad listopada loka lokakuu lokakuuta oct october octobre octombrie octubre okt oktobar "
        "oktober oktobra oktobris oktoober ott ottobre out outubro paz pazdziernik pazdziernika rij rijen rijna "
        "spal spalio spalis οκτ οκτωβριοσ οκτωβριου жовт жовтень жовтня окт октобар октомври октябрь октября אוק "
        "אוקטובר أكتوبر अक्टू अक्टूबर ตุลาคม"
    ),
    (
        "kas kasım lapkr lapkricio lapkritis lis listopad listopada listopadu marras marraskuu marraskuuta "
        "noiembrie nov novembar november novembra novembre novembris novembro noviembre stu studeni studenoga νοε "
        "νοεμβριοσ νοεμβριου лист листопад листопада нов новембар ное ноември нояб ноябрь ноября נוב נובמבר نوفمبر "
        "नव नवंबर พฤศจิกายน"
    ),
    (
        "ara aralık dec decembar december decembra decembre decembrie decembris des desember dets detsember dez "
        "dezember dezembro dic dicembre diciembre gru grudnia grudzien gruod gruodis gruodzio joulu joulukuu "
        "joulukuuta pro prosinac prosinca prosince prosinec δεκ δεκεμβριοσ δεκεμβριου груд грудень грудня дек "
        "декабрь декабря декември дец децембар דצמ דצמבר ديسمبر दिस दिसंबर ธันวาคม"
    ),
)
"""January to December, in the spelling of `cells.words`."""
